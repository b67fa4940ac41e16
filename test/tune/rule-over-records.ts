import { loadRules, type LoadedRule } from '@trailbell/core/rule';
import { RecordWindow, type RecordChunk } from '@trailbell/cli/tune/record-window';

/** The one rule of a text. */
export function ruleIn(text: string): LoadedRule {
  const { rules, problems } = loadRules([{ path: 'rule.yaml', text }]);
  const [rule] = rules;
  if (rule === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return rule;
}

/** Records as the matcher reads them. */
export function chunksOf(records: readonly object[]): readonly RecordChunk[] {
  const window = new RecordWindow(1_000_000);
  for (const record of records) window.add(JSON.stringify(record));
  return window.chunks();
}

/** A refused call, the n-th of a minute of 11 March 2026. */
export function denied(minute: number, n = 0, more: object = {}): object {
  return {
    eventID: `${minute}-${n}`,
    eventTime: new Date(Date.UTC(2026, 2, 11, 9, minute, n % 60)).toISOString().replace('.000', ''),
    eventName: 'GetObject',
    errorCode: 'AccessDenied',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ana' },
    sourceIPAddress: '203.0.113.5',
    userAgent: 'aws-cli/2',
    ...more,
  };
}
