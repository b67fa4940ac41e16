import { expect, test } from 'vitest';
import { formatProblem } from '../rule/problem.ts';
import { compileSilences } from './compile-silences.ts';
import { loadSilences } from './load-silences.ts';

const RULES = [
  { name: 'root-account-usage', groupBy: ['$.recipientAccountId', '$.userIdentity.arn'] },
  { name: 'trail-stopped', groupBy: [] },
];

const SILENCE = `name: restore-test
rules: [root-account-usage]
from: 2027-03-01T22:00Z
until: 2027-03-02T04:00+02:00
owner: ops@example.com
reason: the quarterly restore test signs in as root
`;

function load(...texts: readonly string[]) {
  const files = texts.map((text, index) => ({ path: `silences/${index + 1}.yaml`, text }));
  const { silences, problems } = loadSilences(files, RULES);
  return { silences, names: silences.map(({ name }) => name), lines: problems.map(formatProblem) };
}

test('a silence is loaded as it is written, its times as epoch milliseconds', () => {
  const { silences, lines } = load(`${SILENCE}severities: [critical]
accounts: ['111122223333']
groups: { $.userIdentity.arn: ['arn:aws:iam::111122223333:root'] }
windows: [{ days: [monday], from: '22:00', to: '06:00', timeZone: Europe/Berlin }]
`);
  expect(lines).toEqual([]);
  expect(silences[0]).toEqual({
    source: silences[0]?.source,
    name: 'restore-test',
    rules: ['root-account-usage'],
    severities: ['critical'],
    accounts: ['111122223333'],
    groups: { '$.userIdentity.arn': ['arn:aws:iam::111122223333:root'] },
    fromMs: Date.UTC(2027, 2, 1, 22),
    untilMs: Date.UTC(2027, 2, 2, 2),
    windows: [{ days: ['monday'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' }],
    owner: 'ops@example.com',
    reason: 'the quarterly restore test signs in as root',
  });
});

test('a broken silence takes no other with it, and a file may hold none', () => {
  const { names, lines } = load(
    `- ${SILENCE.trimEnd().replaceAll('\n', '\n  ')}\n- name: half\n`,
    SILENCE.replace('restore-test', 'another'),
    SILENCE,
    '# none yet\n',
  );
  expect(names).toEqual(['restore-test', 'another']);
  expect(lines).toEqual([
    'silences/1.yaml:7:3 missing-key: from is missing (When the silence begins: 2027-03-01T22:00Z.)',
    'silences/1.yaml:7:3 missing-key: until is missing (When the silence is over, at most 90 days later.)',
    'silences/1.yaml:7:3 missing-key: owner is missing (Who answers for the silence: a person, a team or an address.)',
    'silences/1.yaml:7:3 missing-key: reason is missing (Why nobody need be rung.)',
    'silences/3.yaml:1:7 duplicate-silence-name: the name restore-test is taken by the silence at silences/1.yaml:1 (logs say which silence held a page back by its name; give this one another)',
  ]);
});

const without = (key: string) => SILENCE.replace(new RegExp(`^${key}: .*\n`, 'm'), '');

test.each<[string, string, string]>([
  [
    'a misspelt rule',
    SILENCE.replace('[root-account-usage]', '[trail-stopped, root-acount-usage]'),
    '2:24 unknown-rule: no rule is called "root-acount-usage" (did you mean root-account-usage?)',
  ],
  [
    'a misspelt key',
    `${SILENCE}severity: [critical]\n`,
    '7:1 unknown-key: unknown key "severity" (did you mean severities?)',
  ],
  ['another tool’s key', `${SILENCE}startsAt: now\n`, '7:1 unknown-key: unknown key "startsAt" (did you mean from?)'],
  [
    'a key of the wrong level',
    `${SILENCE}windows: [{ from: '22:00', to: '06:00', timeZone: UTC, reason: r }]\n`,
    '7:56 unknown-key: unknown key "reason" in windows[0] (reason belongs at the top of the silence)',
  ],
  [
    'a misspelt severity',
    `${SILENCE}severities: [critcal]\n`,
    '7:14 unknown-value: severities[0] is "critcal"; expected critical, error, warning or info (did you mean critical?)',
  ],
  [
    'an account without quotes',
    `${SILENCE}accounts: [012345678901]\n`,
    '7:12 wrong-type: accounts[0] is 12345678901; expected text (put account ids in quotes: as numbers they lose their zeros)',
  ],
  [
    'a day in place of a time',
    SILENCE.replace('2027-03-01T22:00Z', '2027-03-01'),
    '3:7 invalid-format: from is "2027-03-01"; expected a time with its offset from UTC, such as 2027-03-01T22:00Z or 2027-03-01T23:00+01:00 (write the time of day and its offset as well: 2027-03-01T00:00Z)',
  ],
  [
    'a time of nowhere',
    SILENCE.replace('2027-03-01T22:00Z', '2027-03-01T22:00'),
    '3:7 invalid-format: from is "2027-03-01T22:00"; expected a time with its offset from UTC, such as 2027-03-01T22:00Z or 2027-03-01T23:00+01:00 (write where it is that time: Z for UTC, or an offset such as +02:00)',
  ],
  [
    'an end before the beginning',
    SILENCE.replace('2027-03-02T04:00+02:00', '2027-03-01T23:59+02:00'),
    '4:8 out-of-range: until is 2027-03-01T23:59+02:00; expected a time after from, which is 2027-03-01T22:00Z',
  ],
  [
    'a silence of more than 90 days',
    SILENCE.replace('2027-03-02T04:00+02:00', '2027-05-30T22:01Z'),
    '4:8 out-of-range: the silence lasts 91 days; expected at most 90 (what is right for good belongs in the rule: as an exception, in its pattern, or as mode: stage)',
  ],
  [
    'a silence of everything',
    without('rules'),
    '1:1 silences-everything: the silence names no alarms; expected rules, severities, accounts or groups (to silence everything, list all severities)',
  ],
  [
    'an account of a rule that is not grouped by account',
    `${SILENCE.replace('root-account-usage', 'trail-stopped')}accounts: ['111122223333']\n`,
    '7:11 unknown-group: none of these rules is grouped by $.recipientAccountId, so an alarm may be about several accounts (add $.recipientAccountId to the groupBy of the rule, or silence the rule in all accounts)',
  ],
  [
    'a group that no rule makes',
    `${SILENCE}groups: { $.userIdentity.arm: [a] }\n`,
    '7:31 unknown-group: none of these rules is grouped by "$.userIdentity.arm"; expected $.recipientAccountId or $.userIdentity.arn (did you mean $.userIdentity.arn?)',
  ],
  [
    'accounts said twice',
    `${SILENCE}accounts: ['111122223333']\ngroups: { $.recipientAccountId: ['111122223333'] }\n`,
    '8:33 accounts-twice: accounts and groups both say which values of $.recipientAccountId are silenced (keep one of them)',
  ],
  [
    'a misspelt time zone',
    `${SILENCE}windows: [{ from: '22:00', to: '06:00', timeZone: Europe/Berln }]\n`,
    '7:51 unknown-time-zone: "Europe/Berln" is no time zone of the IANA database (did you mean Europe/Berlin?)',
  ],
])('%s is refused', (_name, text, line) => {
  expect(load(text)).toMatchObject({ names: [], lines: [`silences/1.yaml:${line}`] });
});

test('90 days to the minute are allowed', () => {
  expect(load(SILENCE.replace('2027-03-02T04:00+02:00', '2027-05-30T22:00Z')).lines).toEqual([]);
});

test('a deploy ships what decides, and no silence that is over', () => {
  const { silences } = load(SILENCE, SILENCE.replace('restore-test', 'later').replaceAll('2027-03', '2027-04'));
  expect(compileSilences(silences, Date.UTC(2027, 2, 2, 2))).toEqual([
    {
      name: 'later',
      rules: ['root-account-usage'],
      fromMs: Date.UTC(2027, 3, 1, 22),
      untilMs: Date.UTC(2027, 3, 2, 2),
    },
  ]);
});
