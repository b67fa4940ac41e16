import type { Expression, GlobLiteral, JsonComparison, Selector } from '../pattern/ast.ts';
import { isJoined } from '../pattern/expression.ts';
import { parsePattern } from '../pattern/parse/parse-pattern.ts';
import type { AlarmContext, GroupValue } from './notification-input.ts';

/** How many group values and actions are asked for. */
const MAX_CONDITIONS = 5;

/** What an alarm's group holds for a field that the event does not have; the matcher's MISSING_GROUP_VALUE. */
const MISSING_VALUE = '-';

const FIELDS = '@timestamp, eventName, eventSource, userIdentity.arn, sourceIPAddress, awsRegion, errorCode, eventID';

/**
 * The Logs Insights queries that find the events of an alarm, the closest first: what the rule's pattern asks for in the alarm's
 * group; the actions of the examples in its group; its group alone. What cannot be said in that language, or not quoted plainly,
 * is left out: the search is wider then, never narrower than the pattern.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html
 */
export function insightsQueries({ rule, examples, groupValues }: AlarmContext): readonly string[] {
  const actions = [...new Set(examples.map(({ eventName }) => eventName))]
    .filter(isPlainValue)
    .slice(0, MAX_CONDITIONS);
  const group = groupValues.flatMap(groupCondition).slice(0, MAX_CONDITIONS);
  const asked = patternCondition(rule.filterPattern);
  const seen = actions.length === 0 ? undefined : `eventName in [${actions.map((action) => `"${action}"`).join(', ')}]`;
  return [asked, seen]
    .flatMap((condition) => (condition === undefined ? [] : [queryOf([condition, ...group])]))
    .concat(queryOf(group));
}

function queryOf(conditions: readonly string[]): string {
  return [
    `fields ${FIELDS}`,
    ...(conditions.length === 0 ? [] : [`filter ${conditions.join(' and ')}`]),
    'sort @timestamp desc',
    'limit 100',
  ].join('\n| ');
}

function groupCondition({ selector, value }: GroupValue): readonly string[] {
  const field = selector.replace(/^\$\./, '');
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(field)) return [];
  if (value === MISSING_VALUE) return [`not ispresent(${field})`];
  return isPlainValue(value) ? [`${field} = "${value}"`] : [];
}

/** Undefined too for text that is no pattern: a page goes out whatever its rule says. */
function patternCondition(filterPattern: string): string | undefined {
  try {
    const pattern = parsePattern(filterPattern);
    return pattern.kind === 'json' ? conditionOf(pattern.condition) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for what cannot be said: left out of a conjunction it widens the search, in a disjunction it takes the others along. */
function conditionOf(expression: Expression<JsonComparison>): string | undefined {
  if (!isJoined(expression)) return comparisonOf(expression);
  const parts = expression.operands.map(conditionOf);
  const said = parts.filter((part) => part !== undefined);
  if (expression.kind === 'and') return said.length < 2 ? said[0] : `(${said.join(' and ')})`;
  return said.length < parts.length ? undefined : (oneOfTexts(said) ?? `(${said.join(' or ')})`);
}

/** Alternatives that are texts of one field, said in short, because links have to be. */
function oneOfTexts(conditions: readonly string[]): string | undefined {
  const equalities = conditions.map((condition) => /^(\S+) = ("[^"]*")$/.exec(condition));
  const fields = new Set(equalities.map((match) => match?.[1]));
  const [field] = fields;
  if (fields.size !== 1 || field === undefined) return undefined;
  return `${field} in [${equalities.map((match) => match?.[2]).join(', ')}]`;
}

function comparisonOf(comparison: JsonComparison): string | undefined {
  const field = fieldOf(comparison.selector);
  if (field === undefined) return undefined;
  switch (comparison.kind) {
    case 'not-exists':
      return `not ispresent(${field})`;
    // Logs Insights does not say how it reads JSON's true, false and null.
    case 'is':
      return undefined;
    case 'compare': {
      const { operator, literal } = comparison.test;
      switch (literal.kind) {
        case 'number':
          return `${field} ${operator} ${literal.text}`;
        case 'text':
          return isPlainValue(literal.text) ? `${field} ${operator} "${literal.text}"` : undefined;
        case 'glob':
          return globCondition(field, literal, operator === '!=');
        case 'regex':
          return undefined;
      }
    }
  }
}

function globCondition(
  field: string,
  { text, openStart, openEnd }: GlobLiteral,
  isNegated: boolean,
): string | undefined {
  if (text === '') return isNegated ? undefined : `ispresent(${field})`;
  if (!isPlainValue(text)) return undefined;
  const escaped = text.replace(/[.+/]/g, (sign) => `\\${sign}`);
  return `${field} ${isNegated ? 'not like' : 'like'} /${openStart ? '' : '^'}${escaped}${openEnd ? '' : '$'}/`;
}

function fieldOf({ steps }: Selector): string | undefined {
  const names = steps.map((step) =>
    step.kind === 'property' ? step.name : step.kind === 'index' ? `${step.index}` : '*',
  );
  const areSaid = names.every((name) => /^\w+$/.test(name)) && /^[A-Za-z]/.test(names[0] ?? '');
  return areSaid ? names.join('.') : undefined;
}

function isPlainValue(value: string | undefined): value is string {
  return value !== undefined && /^[\w .,:;/@+=-]{1,128}$/.test(value);
}
