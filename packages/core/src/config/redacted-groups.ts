import { isRedactedPath, isSecretName } from '../cloudtrail/redaction.ts';
import { quote } from '../rule/describe-value.ts';
import type { Rule } from '../rule/rule.ts';
import type { ConfigProblem } from './config-problem.ts';
import { redactedPathOf } from './redacted-selector.ts';

/** The rules that would tell by the names of their alarms what no page may tell: the values that a rule groups by are in them. */
export function redactedGroups(
  redact: readonly string[],
  rules: readonly (Pick<Rule, 'name'> & Partial<Pick<Rule, 'groupBy'>>)[],
): readonly ConfigProblem[] {
  const paths = redact.map(redactedPathOf);
  return rules.flatMap(({ name, groupBy = [] }) =>
    groupBy
      .filter((selector) => isRedacted(redactedPathOf(selector), paths))
      .map((selector) => problem(name, selector)),
  );
}

function isRedacted(path: readonly string[], redacted: ReturnType<typeof redactedPathOf>[]): boolean {
  const [section = '', ...names] = path;
  const isParameter = section === 'requestParameters' || section === 'responseElements';
  return isRedactedPath(path, redacted) || (isParameter && names.some(isSecretName));
}

function problem(rule: string, selector: string): ConfigProblem {
  return {
    code: 'groups-by-redacted',
    field: 'redact',
    message: `the rule ${quote(rule)} groups by ${selector}, whose value would be in the names of its alarms`,
    hint: 'group by something else, or take the path out of redact; values whose names say that they are secrets always are',
  };
}
