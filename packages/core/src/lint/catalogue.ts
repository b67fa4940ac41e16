import type { FindingSeverity } from './finding.ts';

/** What is known of a kind of finding without looking at a rule. */
export interface LintEntry {
  readonly severity: FindingSeverity;
  /** What is wrong, in one line. */
  readonly title: string;
  /** The page under docs/lint that tells more, in a section named after the code. */
  readonly page: 'patterns' | 'fields' | 'events' | 'alarms' | 'examples' | 'exceptions' | 'rules';
}

const LINT_ENTRIES = {
  'never-matches': { severity: 'error', title: 'No record can match the pattern', page: 'patterns' },
  'dead-clause': { severity: 'warning', title: 'An alternative that no record can meet', page: 'patterns' },
  'missing-parentheses': { severity: 'warning', title: 'Alternatives that need parentheses', page: 'patterns' },
  'duplicate-clause': { severity: 'warning', title: 'The same clause twice', page: 'patterns' },
  'redundant-clause': { severity: 'warning', title: 'A clause that follows from another', page: 'patterns' },
  'matches-everything': { severity: 'warning', title: 'A pattern that nearly every record matches', page: 'patterns' },
  'missing-not-equals': {
    severity: 'warning',
    title: '!= on a field that may be missing',
    page: 'patterns',
  },
  'misspelt-absence': { severity: 'error', title: 'NOT EXISTS written in another way', page: 'patterns' },
  'optional-ignored': { severity: 'warning', title: 'A ? term that does not count', page: 'patterns' },
  'not-json': {
    severity: 'warning',
    title: 'A pattern that does not look at the fields of a record',
    page: 'patterns',
  },
  'blank-in-value': { severity: 'warning', title: 'A value with a blank at its end', page: 'patterns' },
  'inner-star': { severity: 'warning', title: 'A * in the middle of a value', page: 'patterns' },
  'lone-star': { severity: 'warning', title: 'A * that was meant as a star', page: 'patterns' },
  'odd-regex': { severity: 'warning', title: 'An expression that most likely means something else', page: 'patterns' },
  'slow-regex': { severity: 'warning', title: 'An expression that takes long', page: 'patterns' },
  'cloudwatch-limit': { severity: 'note', title: 'A pattern that CloudWatch would refuse', page: 'patterns' },
  'no-index': { severity: 'warning', title: 'A pattern that is tried on every record', page: 'patterns' },
  'unknown-field': { severity: 'error', title: 'A field that CloudTrail records do not have', page: 'fields' },
  'field-type': { severity: 'error', title: 'A comparison that the type of the field never meets', page: 'fields' },
  'field-value': { severity: 'error', title: 'A value that the field never has', page: 'fields' },
  'unknown-event-source': { severity: 'error', title: 'An eventSource that CloudTrail does not write', page: 'events' },
  'unknown-event-name': { severity: 'error', title: 'An eventName that the service does not have', page: 'events' },
  'recorded-otherwise': { severity: 'warning', title: 'An event that CloudTrail writes otherwise', page: 'events' },
  'alarm-never-rings': { severity: 'error', title: 'A threshold that cannot be reached', page: 'alarms' },
  'alarm-never-ends': { severity: 'error', title: 'An alarm that cannot become OK again', page: 'alarms' },
  'alarm-rings-in-silence': {
    severity: 'warning',
    title: 'An alarm for many matches that rings when there is none',
    page: 'alarms',
  },
  'group-of-one': { severity: 'warning', title: 'A group that holds one record', page: 'alarms' },
  'metric-not-a-number': { severity: 'error', title: 'A metricValue that is never a number', page: 'alarms' },
  'no-matches': { severity: 'error', title: 'No example of a record that the rule must count', page: 'examples' },
  'no-ignores': { severity: 'error', title: 'No example of a record that the rule must not count', page: 'examples' },
  'example-fails': { severity: 'error', title: 'An example that does not hold', page: 'examples' },
  'unlikely-example': { severity: 'warning', title: 'An example that CloudTrail would not write so', page: 'examples' },
  'exception-expired': { severity: 'error', title: 'An exception that has ended', page: 'exceptions' },
  'exception-ends-soon': { severity: 'warning', title: 'An exception that ends within 14 days', page: 'exceptions' },
  'exception-hides-match': {
    severity: 'error',
    title: 'An exception that takes out a record that the rule must count',
    page: 'exceptions',
  },
  'exception-takes-all': { severity: 'error', title: 'An exception that takes out every match', page: 'exceptions' },
  'exception-turned-round': {
    severity: 'warning',
    title: 'An exception that takes out all but what it names',
    page: 'exceptions',
  },
  'exception-without-effect': {
    severity: 'warning',
    title: 'An exception that takes out no match',
    page: 'exceptions',
  },
  'same-pattern': { severity: 'warning', title: 'Two rules that ring for the same', page: 'rules' },
  'overlapping-rules': { severity: 'note', title: 'Every match of one rule is one of another', page: 'rules' },
  'ignore-without-reason': { severity: 'error', title: 'A finding is ignored without a reason', page: 'rules' },
  'unused-ignore': { severity: 'warning', title: 'A comment that ignores nothing', page: 'rules' },
} as const satisfies Readonly<Record<string, LintEntry>>;

/** Kebab-case and stable: what `# lint-ignore` and reports name. */
export type LintCode = keyof typeof LINT_ENTRIES;

/** Every kind of finding, beside the problems of files that cannot be loaded. */
export const LINT_CATALOGUE: Readonly<Record<LintCode, LintEntry>> = LINT_ENTRIES;

/** Whether a code is lint's own. */
export function isLintCode(code: string): code is LintCode {
  return Object.hasOwn(LINT_ENTRIES, code);
}

/** Where a code is explained, from the project's folder. */
export function docsPageOf(code: string): string {
  return isLintCode(code)
    ? `docs/lint/${LINT_CATALOGUE[code].page}.md#${code}`
    : 'docs/rules.md#when-something-is-wrong';
}
