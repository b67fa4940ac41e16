import { loadRules } from '../rule/index.ts';
import type { Finding } from './finding.ts';
import { lintRules } from './lint-rules.ts';

/** The day on which tests lint. */
export const TODAY = '2026-11-22';

/** What lint finds in the text of a rule file. */
export function findingsIn(text: string, file = 'rules/x.yaml'): readonly Finding[] {
  return lintRules(loadRules([{ path: file, text }]), { today: TODAY, files: new Map([[file, text]]) });
}

/** The same for a pattern in a rule that is otherwise in order; examples that do not hold are left out. */
export function findingsOf(pattern: string): readonly Finding[] {
  const text = [
    'name: a-rule',
    'title: A rule',
    'severity: info',
    'filterPattern: |-',
    ...pattern.split('\n').map((line) => `  ${line}`),
    'examples: { matches: [{ eventName: X }], ignores: [{ eventName: Y }] }',
    '',
  ].join('\n');
  return findingsIn(text).filter(({ code }) => code !== 'example-fails');
}

/** Place, severity and code of findings, as the broken rules state them. */
export function inShort(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`);
}
