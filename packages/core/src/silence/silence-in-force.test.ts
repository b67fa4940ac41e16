import { expect, test } from 'vitest';
import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import { silenceInForce, silencesFor, type SilencedAlarm } from './silence-in-force.ts';
import type { CompiledSilence } from './silence.ts';

const FROM_MS = Date.parse('2026-06-01T00:00Z');
const UNTIL_MS = Date.parse('2026-06-08T00:00Z');

function silence(more: Partial<CompiledSilence> = {}): CompiledSilence {
  return { name: 'night-work', fromMs: FROM_MS, untilMs: UNTIL_MS, ...more };
}

const ALARM: SilencedAlarm = {
  rule: 'root-account-usage',
  severity: 'critical',
  groupValues: new Map([
    ['$.recipientAccountId', '111122223333'],
    ['$.userIdentity.arn', 'arn:aws:iam::111122223333:root'],
  ]),
};

test.each<[string, Partial<CompiledSilence>, boolean]>([
  ['its rule', { rules: ['other', 'root-account-usage'] }, true],
  ['another rule', { rules: ['other'] }, false],
  ['its severity', { severities: ['critical'] }, true],
  ['another severity', { severities: ['info', 'warning'] }, false],
  ['its account', { accounts: ['444455556666', '111122223333'] }, true],
  ['another account', { accounts: ['444455556666'] }, false],
  ['one of its group values', { groups: { '$.userIdentity.arn': ['arn:aws:iam::111122223333:root'] } }, true],
  ['another group value', { groups: { '$.userIdentity.arn': ['arn:aws:iam::111122223333:user/ana'] } }, false],
  ['a group that its rule does not make', { groups: { '$.sourceIPAddress': ['203.0.113.7'] } }, false],
  [
    'all its group values',
    { accounts: ['111122223333'], groups: { '$.userIdentity.arn': ['arn:aws:iam::111122223333:root'] } },
    true,
  ],
  ['its rule in another account', { rules: ['root-account-usage'], accounts: ['444455556666'] }, false],
])('a silence of %s', (_name, scope, isFor) => {
  expect(silencesFor(ALARM, [silence(scope)])).toHaveLength(isFor ? 1 : 0);
});

test('an alarm that groups share is silenced by its rule, and by no group', () => {
  const shared = { ...ALARM, groupValues: new Map<string, string>() };
  expect(silencesFor(shared, [silence({ accounts: ['111122223333'] })])).toEqual([]);
  expect(silencesFor(shared, [silence({ rules: ['root-account-usage'] })])).toHaveLength(1);
});

test('the heartbeat is never silenced: it rings nobody, and is missed', () => {
  const silence: CompiledSilence = { name: 'all', severities: ['info'], fromMs: FROM_MS, untilMs: UNTIL_MS };
  expect(silencesFor({ ...ALARM, severity: 'info' }, [silence])).toHaveLength(1);
  expect(silencesFor({ ...ALARM, rule: HEARTBEAT_NAME, severity: 'info' }, [silence])).toEqual([]);
});

const NIGHTS = [{ from: '22:00', to: '06:00', timeZone: 'UTC' }] as const;

test.each<[string, Partial<CompiledSilence>[], string, string | undefined]>([
  ['before it begins', [{}], '2026-05-31T23:59:59Z', undefined],
  ['when it begins', [{}], '2026-06-01T00:00Z', '2026-06-08T00:00Z'],
  ['when it is over', [{}], '2026-06-08T00:00Z', undefined],
  ['in its window', [{ windows: NIGHTS }], '2026-06-03T23:00Z', '2026-06-04T06:00Z'],
  ['out of its window', [{ windows: NIGHTS }], '2026-06-03T12:00Z', undefined],
  ['in a window that it does not outlast', [{ windows: NIGHTS }], '2026-06-07T23:00Z', '2026-06-08T00:00Z'],
  [
    'in a window that never ends',
    [{ windows: [{ from: '00:00', to: '24:00', timeZone: 'UTC' }] }],
    '2026-06-03T12:00Z',
    '2026-06-08T00:00Z',
  ],
  [
    'in two windows',
    [{ windows: [...NIGHTS, { from: '23:00', to: '08:00', timeZone: 'UTC' }] }],
    '2026-06-03T23:30Z',
    '2026-06-04T08:00Z',
  ],
  ['in two silences', [{}, { untilMs: UNTIL_MS + 3_600_000 }], '2026-06-03T12:00Z', '2026-06-08T01:00Z'],
])('%s', (_name, silences, at, until) => {
  const found = silenceInForce(silences.map(silence), Date.parse(at));
  expect(found).toEqual(until === undefined ? undefined : { name: 'night-work', untilMs: Date.parse(until) });
});
