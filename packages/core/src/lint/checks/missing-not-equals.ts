import { formatSelector, parsePattern, type JsonComparison, type Selector } from '../../pattern/index.ts';
import { formatComparison } from '../../pattern/format-pattern.ts';
import { fieldAt, isAlwaysThere } from '../aws/field-at.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { conditionsImply } from '../logic/implication.ts';
import { isNever, type Condition } from '../logic/satisfiable.ts';
import { isBelow, selectorKey, wildcardAt } from '../logic/selector-key.ts';

/** A field that is there in every record that meets a condition. */
const PRESENT_WHEN: readonly { readonly when: Condition; readonly fields: ReadonlySet<string> }[] = [
  present('$.userIdentity.type = "Root"', 'userIdentity', ['arn', 'accountId', 'principalId']),
  present('$.userIdentity.type = "IAMUser"', 'userIdentity', ['arn', 'accountId', 'principalId', 'userName']),
  present('$.userIdentity.type = "AssumedRole"', 'userIdentity', ['arn', 'accountId', 'principalId']),
  present('$.userIdentity.type = "AssumedRole"', 'userIdentity.sessionContext.sessionIssuer', [
    'type',
    'arn',
    'accountId',
    'principalId',
    'userName',
  ]),
  present('$.userIdentity.type = "FederatedUser"', 'userIdentity', ['arn', 'accountId', 'principalId']),
  present('$.userIdentity.type = "AWSAccount"', 'userIdentity', ['accountId', 'principalId']),
  present('$.userIdentity.type = "AWSService"', 'userIdentity', ['invokedBy']),
  present('$.eventName = "ConsoleLogin"', 'additionalEventData', ['MFAUsed', 'LoginTo', 'MobileVersion']),
  present('$.eventName = "ConsoleLogin"', 'responseElements', ['ConsoleLogin']),
];

function present(
  when: string,
  container: string,
  names: readonly string[],
): { readonly when: Condition; readonly fields: ReadonlySet<string> } {
  const pattern = parsePattern(`{ ${when} }`);
  if (pattern.kind !== 'json') throw new Error(`${when} is no condition`);
  return { when: pattern.condition, fields: new Set(names.map((name) => `$.${container}.${name}`)) };
}

/**
 * `!=` on fields that may be missing: CloudWatch lets it fail there, so records without the field are not counted. Silent where the
 * pattern says that the field is there, or what is to happen where it is not, and once a field.
 */
export function checkMissingNotEquals({ pattern }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json') return [];
  const complaints = new Map<string, PatternComplaint>();
  for (const comparison of unguarded(pattern.condition, [], [])) {
    const key = selectorKey(comparison.selector);
    if (!complaints.has(key)) complaints.set(key, complaint(comparison));
  }
  return [...complaints.values()];
}

function complaint(comparison: JsonComparison): PatternComplaint {
  const selector = formatSelector(comparison.selector);
  return {
    code: 'missing-not-equals',
    span: comparison.span,
    message: `${selector} is not in every record, and where it is missing != does not hold`,
    hint:
      `to count those too write (${selector} NOT EXISTS || ${formatComparison(comparison)}); ` +
      `to leave them out on purpose add ${selector} = *`,
  };
}

/** @param beside what also holds where the condition is looked at @param instead what would do in its place */
function* unguarded(
  condition: Condition,
  beside: readonly Condition[],
  instead: readonly Condition[],
): Generator<JsonComparison> {
  switch (condition.kind) {
    case 'and':
      for (const operand of condition.operands) {
        const others = condition.operands.filter((other) => other !== operand);
        yield* unguarded(operand, [...beside, ...others], instead);
      }
      break;
    case 'or':
      for (const operand of condition.operands) {
        const others = condition.operands.filter((other) => other !== operand);
        yield* unguarded(operand, beside, [...instead, ...others]);
      }
      break;
    case 'compare':
      if (isNotEqual(condition) && !isPresent(condition.selector, beside, instead)) yield condition;
      break;
    case 'is':
    case 'not-exists':
      break;
  }
}

function isNotEqual(comparison: JsonComparison): boolean {
  return (
    comparison.kind === 'compare' &&
    comparison.test.kind === 'equality' &&
    comparison.test.operator === '!=' &&
    wildcardAt(comparison.selector) === -1 &&
    !isNever(comparison)
  );
}

function isPresent(selector: Selector, beside: readonly Condition[], instead: readonly Condition[]): boolean {
  const at = fieldAt(selector);
  // What no record has is said elsewhere.
  if (at.kind === 'none' || (at.kind === 'field' && at.field.kind !== 'text')) return true;
  if (isAlwaysThere(selector)) return true;
  if (instead.some((other) => takesMissing(other, selector))) return true;
  if (beside.some((other) => needsField(other, selector))) return true;
  const key = selectorKey(selector);
  return PRESENT_WHEN.some(({ when, fields }) => fields.has(key) && conditionsImply(beside, when));
}

/** Whether the condition holds where the field is missing, of all records or of some. */
function takesMissing(condition: Condition, selector: Selector): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.operands.some((operand) => takesMissing(operand, selector));
    case 'or':
      return condition.operands.some((operand) => takesMissing(operand, selector));
    case 'not-exists':
      return selectorKey(condition.selector) === selectorKey(selector) || isBelow(selector, condition.selector);
    case 'compare':
    case 'is':
      return false;
  }
}

/** Whether the condition holds only where the field is there, and says so by more than a `!=`. */
function needsField(condition: Condition, selector: Selector): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.operands.some((operand) => needsField(operand, selector));
    case 'or':
      return condition.operands.every((operand) => needsField(operand, selector));
    case 'compare':
      return selectorKey(condition.selector) === selectorKey(selector) && !isNotEqual(condition);
    case 'is':
      return false;
    case 'not-exists':
      // Joined with && it contradicts the !=, which is said elsewhere.
      return selectorKey(condition.selector) === selectorKey(selector) || isBelow(selector, condition.selector);
  }
}
