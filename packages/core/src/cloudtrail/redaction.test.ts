import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeActivity } from './activity.ts';
import { isRedactedPath, isSecretName, isSecretText } from './redaction.ts';

test.each([
  'password',
  'Password',
  'masterUserPassword',
  'oldPassword',
  'passwd',
  'passphrase',
  'tokenCode',
  'authenticationCode1',
  'secretString',
  'secretBinary',
  'SecretAccessKey',
  'clientSecret',
  'sessionToken',
  'webIdentityToken',
  'sAMLAssertion',
  'credentials',
  'privateKey',
  'private_key',
  'keyMaterial',
  'apiKey',
  'preSharedKey',
  'Authorization',
  'X-Amz-Signature',
  'cookies',
  'plaintext',
  'connectionString',
  'userData',
  'environment',
  'environmentVariables',
  'stageVariables',
  'variables',
  'command',
  'commands',
  'clientPayload',
  'parameterValue',
])('what is named %s is a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'secretId',
  'secretArn',
  'secretName',
  'accessKeyId',
  'credentialType',
  'environmentName',
  'environmentIds',
  'httpTokens',
  'minimumPasswordLength',
  'maxPasswordAge',
  'passwordReusePrevention',
  'parameterName',
  'policyDocument',
  'publicKey',
  'certificateBody',
  'keyId',
  'name',
  'value',
  'constructor',
  '__proto__',
  '',
])('what is named %j is none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each([
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', true],
  ['a signed token', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2ln', true],
  ['a URL with a password', 'postgres://app:hunter2@db.example.com/app', true],
  ['a URL with a token', 'https://x-access-token:abc@git.example.com/repo', true],
  ['a certificate', '-----BEGIN CERTIFICATE-----', false],
  ['a URL', 'https://example.com:8443/a@b', false],
  ['an ARN', 'arn:aws:iam::111122223333:role/a', false],
])('a text that is %s is told from others', (_, text, isSecret) => {
  expect(isSecretText(text)).toBe(isSecret);
});

test('a path means all that is below it, in whatever capitals', () => {
  const redacted = [['requestParameters', 'settings', 'Pin']];
  expect(isRedactedPath(['requestParameters', 'settings', 'pin'], redacted)).toBe(true);
  expect(isRedactedPath(['requestParameters', 'settings', 'pin', 'first'], redacted)).toBe(true);
  expect(isRedactedPath(['requestParameters', 'settings'], redacted)).toBe(false);
  expect(isRedactedPath(['requestParameters', 'settings', 'pins'], redacted)).toBe(false);
  expect(isRedactedPath(['responseElements', 'settings', 'pin'], redacted)).toBe(false);
});

const CANARY = 'canary-7c1e';

/** Records that hold the canary where a secret may be, by what they stand for. */
const SECRETS: readonly (readonly [what: string, record: object])[] = [
  ['a password', { requestParameters: { userName: 'alice', password: CANARY } }],
  ['a password deep down', { requestParameters: { a: { b: [{ c: { masterUserPassword: CANARY } }] } } }],
  ['a password in a list', { requestParameters: { passwords: [CANARY, [CANARY]] } }],
  ['the environment of a function', { requestParameters: { environment: { variables: { bucketName: CANARY } } } }],
  [
    'the environment of a container',
    { requestParameters: { overrides: { environment: [{ name: 'A', value: CANARY }] } } },
  ],
  ['a pair that names a secret', { requestParameters: { settings: [{ name: 'DB_PASSWORD', value: CANARY }] } }],
  ['a pair of keys and values', { requestParameters: { tags: [{ Key: 'api-key', Values: [CANARY] }] } }],
  ['a parameter of a stack', { requestParameters: { parameters: [{ parameterKey: 'A', parameterValue: CANARY }] } }],
  ['user data', { requestParameters: { userData: CANARY } }],
  ['commands for an instance', { requestParameters: { parameters: { commands: [CANARY] } } }],
  ['a key that was made', { responseElements: { keyMaterial: CANARY, keyName: 'main' } }],
  ['credentials that were given out', { responseElements: { credentials: { accessKeyId: CANARY, userName: CANARY } } }],
  ['an access key', { responseElements: { accessKey: { secretAccessKey: CANARY, userName: 'alice' } } }],
  ['a private key anywhere', { requestParameters: { name: `-----BEGIN PRIVATE KEY-----${CANARY}` } }],
  ['a URL with a password', { requestParameters: { url: `https://me:${CANARY}@example.com/` } }],
];

test.each(SECRETS)('nothing is told of %s', (_, record) => {
  expect(JSON.stringify(record)).toContain(CANARY);
  expect(JSON.stringify(describeActivity(record))).not.toContain(CANARY);
});

test.each<[string, object, readonly string[]]>([
  ['a value', { requestParameters: { settings: { pin: CANARY } } }, ['requestParameters', 'settings', 'pin']],
  ['what lies below', { requestParameters: { settings: { a: [{ b: CANARY }] } } }, ['requestParameters', 'settings']],
  [
    'an element of a list',
    { requestParameters: { items: [{ note: CANARY }] } },
    ['requestParameters', 'items', 'note'],
  ],
  ['the name of a resource', { requestParameters: { bucketName: CANARY } }, ['requestParameters', 'bucketName']],
  ['the key of an object', { requestParameters: { bucketName: 'b', key: CANARY } }, ['requestParameters', 'key']],
  [
    'the bucket of an object',
    { requestParameters: { bucketName: CANARY, key: 'k' } },
    ['requestParameters', 'bucketname'],
  ],
  ['all parameters', { requestParameters: { name: CANARY } }, ['requestParameters']],
  ['a part of the answer', { responseElements: { trailName: CANARY } }, ['responseElements', 'trailName']],
  ['a number', { requestParameters: { pin: 718_281_828 } }, ['requestParameters', 'pin']],
  ['true', { requestParameters: { isFired: true } }, ['requestParameters', 'isFired']],
])('a path that is configured hides %s', (_, record, path) => {
  const isTold = (text: string) => /canary|718281828|isFired: true/.test(text);
  expect(isTold(JSON.stringify(describeActivity(record)))).toBe(true);
  expect(isTold(JSON.stringify(describeActivity(record, { redactedPaths: [path] })))).toBe(false);
});

test('an error that repeats what must not be told is told without it', () => {
  const requestParameters = {
    password: CANARY,
    environment: { variables: { A: `${CANARY}-longer`, B: 'prod' } },
    name: 'main',
  };
  const errorMessage = `Value '${CANARY}-longer' or "${CANARY}" is bad for main in prod`;
  const { errorMessage: told } = describeActivity({ eventName: 'A', requestParameters, errorMessage });
  expect(told).toBe(`Value '[redacted]' or "[redacted]" is bad for main in prod`);
  const other = describeActivity(
    { responseElements: { trailName: CANARY }, errorMessage },
    { redactedPaths: [['responseElements', 'trailName']] },
  );
  expect(JSON.stringify(other)).not.toContain(CANARY);
});

test('a value that is redacted is told to be there', () => {
  const requestParameters = { userName: 'alice', password: 'x', passwordResetRequired: true, settings: { pin: 1 } };
  expect(
    describeActivity({ requestParameters }, { redactedPaths: [['requestParameters', 'settings']] }).requestParameters,
  ).toEqual(['password: [redacted]', 'passwordResetRequired: true', 'settings: [redacted]']);
});

test('wherever a secret stands among other parameters, it is not told', () => {
  const name = fc.constantFrom(
    'a',
    'name',
    'items',
    'userName',
    'bucketName',
    'key',
    'tags',
    'value',
    '__proto__',
    'constructor',
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('x', 1, true, null),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
      fc.constantFrom('password', 'secretString', 'environment').map((secret) => ({ [secret]: { name: [CANARY] } })),
    ),
  }));
  fc.assert(
    fc.property(tree, tree, (requestParameters, responseElements) => {
      expect(JSON.stringify(describeActivity({ requestParameters, responseElements }))).not.toContain(CANARY);
    }),
    { numRuns: 200 },
  );
});
