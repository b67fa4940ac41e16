import { expect, test } from 'vitest';
import trailbellConfig from '../../../../trailbell.config.ts';
import { formatConfigProblem } from './config-problem.ts';
import { validateConfig } from './validate-config.ts';

const REST = { name: 'rest', endpointSecret: 'PagerDutyUrl', default: true };
const URGENT = { name: 'urgent', endpointSecret: 'PagerDutyUrgentUrl', severities: ['critical'] };
const CONFIG = { ruleFolders: ['rules/own'], logGroupName: 'aws-cloudtrail-logs', routes: [URGENT, REST] };

function problemsOf(config: unknown): readonly string[] {
  return validateConfig(config).problems.map(formatConfigProblem);
}

test('the configuration of this project is right', () => {
  expect(validateConfig(trailbellConfig)).toEqual({ config: trailbellConfig, problems: [] });
});

test('a configuration with every setting is right and comes back as it was', () => {
  const full = {
    ...CONFIG,
    alarmNamePrefix: 'acme ',
    routes: [
      { ...URGENT, accounts: ['000011112222'], rules: ['root-account-usage'] },
      { name: 'old', endpointSecret: 'Old1', retired: true },
      REST,
    ],
  };
  expect(validateConfig(full)).toEqual({ config: full, problems: [] });
});

function routes(...more: readonly object[]): object {
  return { ...CONFIG, routes: more };
}

test.for<[string, unknown, string, string, RegExp]>([
  ['no object', 7, 'default export', 'wrong-type', /is 7; expected an object/],
  ['a missing setting', { ...CONFIG, logGroupName: undefined }, 'logGroupName', 'missing-key', /its name, not its ARN/],
  ['an unknown setting', { ...CONFIG, rulefolder: [] }, 'rulefolder', 'unknown-key', /did you mean ruleFolders\?/],
  [
    'an ARN for a log group',
    { ...CONFIG, logGroupName: 'arn:aws:logs:x' },
    'logGroupName',
    'invalid-format',
    /not its ARN/,
  ],
  ['no rule folder', { ...CONFIG, ruleFolders: [] }, 'ruleFolders', 'empty', /expected at least one/],
  ['no routes', { ...CONFIG, routes: undefined }, 'routes', 'missing-key', /is undefined: give it a value, or leave/],
  ['nothing at all', undefined, 'default export', 'missing-key', /is missing/],
  ['a folder without a name', { ...CONFIG, ruleFolders: [''] }, 'ruleFolders[0]', 'empty', /is ""; expected text/],
  ['no route', routes(), 'routes', 'no-default-route', /default: true/],
  ['no default', routes(URGENT), 'routes', 'no-default-route', /watches itself are CloudWatch’s own and name no route/],
  [
    'two defaults',
    routes(REST, { ...URGENT, default: true }),
    'routes[1].default',
    'two-default-routes',
    /routes\[0\] is one already/,
  ],
  ['a default that is off', routes({ ...REST, default: false }), 'routes[0].default', 'unknown-value', /expected true/],
  ['a retired default', routes({ ...REST, retired: true }), 'routes[0].retired', 'takes-nothing', /another route/],
  [
    'a misspelt severity',
    routes({ ...URGENT, severities: ['crtical'] }, REST),
    'routes[0].severities[0]',
    'unknown-value',
    /is "crtical"; expected critical, error, warning or info \(did you mean critical\?\)/,
  ],
  [
    'a severity that is nothing like one',
    routes({ ...URGENT, severities: ['P1'] }, REST),
    'routes[0].severities[0]',
    'unknown-value',
    /expected critical, error, warning or info/,
  ],
  [
    'an account of eleven digits',
    routes({ ...URGENT, accounts: ['11112222333'] }, REST),
    'routes[0].accounts[0]',
    'invalid-format',
    /expected an account id, which has 12 digits/,
  ],
  [
    'an account as a number',
    routes({ ...URGENT, accounts: [111122223333] }, REST),
    'routes[0].accounts[0]',
    'wrong-type',
    /is 111122223333; expected text/,
  ],
  ['an empty list', routes({ ...URGENT, severities: [] }, REST), 'routes[0].severities', 'empty', /leave the list out/],
  ['a name twice', routes(REST, { ...URGENT, name: 'rest' }), 'routes[1].name', 'duplicate-name', /routes\[0\]/],
  [
    'an endpoint twice',
    routes(REST, { ...URGENT, endpointSecret: 'PagerDutyUrl' }),
    'routes[1].endpointSecret',
    'duplicate-endpoint',
    /one subscription for an endpoint/,
  ],
  [
    'two endpoints that differ in capitals alone',
    routes(REST, { ...URGENT, endpointSecret: 'PagerdutyURL' }),
    'routes[1].endpointSecret',
    'duplicate-endpoint',
    /the same as that of routes\[0\]/,
  ],
  [
    'a secret that is called as a part of Trailbell',
    routes({ ...REST, endpointSecret: 'Matcher' }),
    'routes[0].endpointSecret',
    'not-a-secret-name',
    /"Matcher" is taken by a part of Trailbell: choose another/,
  ],
  [
    'a secret in small letters',
    routes({ ...REST, endpointSecret: 'pager-duty-url' }),
    'routes[0].endpointSecret',
    'not-a-secret-name',
    /"pager-duty-url" is no name of an SST secret.*such as PagerDutyUrl/,
  ],
  ['a name with blanks', routes({ ...REST, name: 'On call' }), 'routes[0].name', 'invalid-format', /lower-case words/],
  ['a long name', routes({ ...REST, name: 'n'.repeat(41) }), 'routes[0].name', 'too-many', /at most 40 characters/],
  ['an unknown key', routes({ ...REST, account: [] }), 'routes[0].account', 'unknown-key', /did you mean accounts\?/],
  ['a URL', routes({ ...REST, url: 'x' }), 'routes[0].url', 'unknown-key', /expected name, endpointSecret/],
])('%s is found', ([, config, field, code, text]) => {
  const { config: accepted, problems } = validateConfig(config);
  expect(accepted).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ field, code });
  expect(problems.map(formatConfigProblem)[0]).toMatch(text);
});

test('accounts with names, and selectors of what must not be told, come back as they were', () => {
  const full = {
    ...CONFIG,
    accounts: { '000011112222': 'production', '444455556666': 'Früh & spät (test)' },
    redact: ['$.requestParameters.settings.pin', "$.responseElements['a.b'].items[0].note"],
  };
  expect(validateConfig(full)).toEqual({ config: full, problems: [] });
});

test.for<[string, object, string, string, RegExp]>([
  ['a list of accounts', { accounts: ['111122223333'] }, 'accounts', 'wrong-type', /expected an object/],
  [
    'an account of eleven digits',
    { accounts: { '11112222333': 'production' } },
    'accounts.11112222333',
    'not-an-account',
    /"11112222333" is no account id, which has 12 digits \(put ids into quotes/,
  ],
  [
    'a name in place of an id',
    { accounts: { production: '111122223333' } },
    'accounts.production',
    'not-an-account',
    /write the id first, such as '111122223333': 'production'/,
  ],
  [
    'an account without a name',
    { accounts: { '111122223333': ' ' } },
    'accounts.111122223333',
    'invalid-format',
    /empty/,
  ],
  [
    'a name that is too long',
    { accounts: { '111122223333': 'n'.repeat(65) } },
    'accounts.111122223333',
    'invalid-format',
    /at most 64 characters/,
  ],
  [
    'a name that hides text',
    { accounts: { '111122223333': 'a\u202eb' } },
    'accounts.111122223333',
    'invalid-format',
    /cannot be seen/,
  ],
  [
    'a name that is a number',
    { accounts: { '111122223333': 7 } },
    'accounts.111122223333',
    'wrong-type',
    /is 7; expected text/,
  ],
  ['one selector', { redact: '$.requestParameters.a' }, 'redact', 'wrong-type', /expected a list/],
  [
    'a selector of the rest of an event',
    { redact: ['$.userIdentity.arn'] },
    'redact[0]',
    'invalid-format',
    /below \$\.requestP/,
  ],
  [
    'a path without its beginning',
    { redact: ['requestParameters.a'] },
    'redact[0]',
    'invalid-format',
    /which is no selector/,
  ],
  [
    'a wildcard',
    { redact: ['$.requestParameters.items[*].note'] },
    'redact[0]',
    'invalid-format',
    /no selector: A wildcard .* each element is meant/,
  ],
])('%s is found', ([, more, field, code, text]) => {
  const { config: accepted, problems } = validateConfig({ ...CONFIG, ...more });
  expect(accepted).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ field, code });
  expect(problems.map(formatConfigProblem)[0]).toMatch(text);
});

test.each([
  [['$.requestParameters.settings.pin'], '$.requestParameters.settings.pin.first'],
  [['$.requestParameters.items[3].note'], '$.requestParameters.items[0].note'],
  [[], '$.requestParameters.password'],
])(
  'with the rules at hand, one that would tell by the names of its alarms what must not be told is found',
  (redact, selector) => {
    const rules = [{ ...RULES[0], groupBy: ['$.recipientAccountId', selector] }];
    const { problems } = validateConfig({ ...CONFIG, redact }, rules);
    expect(problems).toMatchObject([{ code: 'groups-by-redacted', field: 'redact' }]);
    expect(problems[0]?.message).toContain(`the rule "root-account-usage" groups by ${selector}`);
    const others = [
      { ...RULES[0], groupBy: ['$.userIdentity.accessKeyId', '$.requestParameters.bucketName', '$.password'] },
    ];
    expect(validateConfig({ ...CONFIG, redact }, others).problems).toEqual([]);
  },
);

test('more routes than the filter policies have room for are refused', () => {
  const many = Array.from({ length: 75 }, (_, index) => ({ name: `r${index}`, endpointSecret: `Url${index}` }));
  expect(problemsOf(routes(REST, ...many.slice(2)))).toEqual([]);
  expect(problemsOf(routes(REST, ...many)).join()).toMatch(
    /routes too-many: is a list of 76; expected at most 74 entries/,
  );
});

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

test.each([
  [`https://events.pagerduty.com/integration/${KEY}/enqueue`, /a URL does not belong in this file/],
  [`events.eu.pagerduty.com/x-ere/${KEY}`, /a URL does not belong in this file/],
  [KEY, /looks like an integration key/],
  [KEY.toUpperCase().replace('A', 'R'), /looks like an integration key/],
  [`${KEY}/enqueue`, /no name of an SST secret/],
  ['pagerduty-url', /must begin with a capital letter/],
  ['Pager_Duty_Url', /letters and digits only/],
  ['', /no name of an SST secret/],
])('%j in place of the name of a secret is refused, and not told where it may be a key', (value, reason) => {
  const problems = problemsOf(routes({ ...REST, endpointSecret: value }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(reason);
  expect(problems[0]).toMatch(/sst secret set/);
  // What is too short for a key is a name, and helps to find it.
  expect(problems[0]?.includes(JSON.stringify(value))).toBe(value.length < 20);
});

test('a secret of the wrong type is not told either', () => {
  expect(problemsOf(routes({ ...REST, endpointSecret: [KEY] }))).toEqual([
    "trailbell.config.ts routes[0].endpointSecret wrong-type: is not text (The name of the secret that holds PagerDuty's integration URL.)",
  ]);
});

const RULES = [
  { name: 'root-account-usage', severity: 'critical' },
  { name: 'console-sign-in-failures', severity: 'warning' },
] as const;

test.each([
  [{ rules: ['root-account-usge'] }, 'routes[0].rules[0]', /did you mean root-account-usage\?/],
  [{ rules: ['something-else'] }, 'routes[0].rules[0]', /name a rule that is there/],
  [{ rules: ['console-sign-in-failures'] }, 'routes[0]', /have the severity warning, and it is for critical/],
])('with the rules at hand, a route that can never take anything is found: %j', (lists, field, text) => {
  const config = routes({ ...URGENT, ...lists }, REST);
  expect(validateConfig(config).problems).toEqual([]);
  const { config: accepted, problems } = validateConfig(config, RULES);
  expect(accepted).toBeUndefined();
  expect(problems.map(({ field }) => field)).toEqual([field]);
  expect(problems.map(formatConfigProblem)[0]).toMatch(text);
});

test('a route whose lists agree with one rule is right', () => {
  const both = routes({ ...URGENT, rules: RULES.map(({ name }) => name) }, REST);
  expect(validateConfig(both, RULES).problems).toEqual([]);
});

test('several problems are told together, one for each field', () => {
  const config = { ...CONFIG, logGroupName: '', routes: [{ ...URGENT, name: '', severities: ['P1'], accounts: [1] }] };
  expect(validateConfig(config).problems.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['logGroupName', 'routes[0].name', 'routes[0].severities[0]', 'routes[0].accounts[0]']),
  );
});
