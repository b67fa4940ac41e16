import type { Chances } from './chances.ts';

const EVENT_NAMES = [
  'ConsoleLogin',
  'StopLogging',
  'DeleteTrail',
  'PutRolePolicy',
  'GetObject',
  'RunInstances',
  'GetRole',
  'DisableKey',
  '',
  'Put',
];
const TEXTS = [
  'secret',
  'x',
  'Yes',
  'AWS Internal',
  'Root',
  'IAMUser',
  'jürgen',
  'jürgen ',
  '😀x',
  '\ufffd',
  '\ud800',
  'a"b',
  'C:\\temp',
  'C:\\\\temp',
  'line\nbreak',
  '{"Version":"2012-10-17","Effect":"Allow"}',
  'not }] closed {[',
  '\\',
  '"',
  'AccessDenied',
  'Client.UnauthorizedOperation',
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:iam::1111',
  'Terraform/1.7',
  'aws-cli/2',
  '10',
  '1e1',
  'kms.amazonaws.com',
  's3.amazonaws.com',
  'iam.amazonaws.com',
  'AwsServiceEvent',
  'eventName',
  'true',
  'null',
];
const NUMBERS = [
  '10',
  '10.0',
  '1e1',
  '1.0E1',
  '-0',
  '0',
  '-1',
  '1.4',
  '9007199254740993',
  '123456789012345678901234567890',
  '1e309',
  '9',
  '-10',
  '0.1',
];

/** JSON text, spelled in ways that JSON.stringify would not. */
type Json = string;

/** A record in the form of CloudTrail's, as JSON text, with every field now and then missing, doubled, of another type or oddly spelled. */
export function fuzzRecord(chances: Chances): Json {
  const oddity = chances.pick([0, 0, 0, 3, 10, 40]);
  const odd = () => oddity > 0 && chances.below(100) < oddity;
  const string = (text: string) => (odd() ? spellOddly(text, chances) : JSON.stringify(text));
  const text = () => string(chances.pick(TEXTS));
  const scalar = () =>
    chances.pick([text, text, () => chances.pick(NUMBERS), () => chances.pick(['true', 'false', 'null'])])();
  const value = (usual: () => Json): Json => {
    if (!odd()) return usual();
    return chances.pick([
      scalar,
      scalar,
      () => `[${text()},null]`,
      () => '[]',
      () => '{}',
      () => `{"eventName":${text()}}`,
    ])();
  };
  const object = (members: readonly (readonly [string, () => Json])[]): Json => {
    const kept = members.filter(() => !chances.oneIn(8));
    const doubled = odd() ? [...kept, chances.pick(members)] : kept;
    const ordered = odd() ? doubled.toSorted(() => chances.below(3) - 1) : doubled;
    const space = () => (odd() ? chances.pick([' ', '\n', '\t\r\n', '  ']) : '');
    const spelled = ordered.map(([name, of]) => `${space()}${string(name)}${space()}:${space()}${value(of)}${space()}`);
    return `{${spelled.join(',')}}`;
  };
  const items = () =>
    `[${Array.from({ length: chances.below(3) }, () => chances.pick([text, scalar, () => object([['name', text]])])()).join(',')}]`;
  return object([
    ['eventVersion', () => '"1.08"'],
    [
      'userIdentity',
      () =>
        object([
          ['type', () => string(chances.pick(['Root', 'IAMUser', 'AssumedRole']))],
          ['arn', text],
          ['userName', text],
          ['invokedBy', text],
          [
            'sessionContext',
            () =>
              object([
                ['attributes', () => object([['mfaAuthenticated', () => '"true"']])],
                ['eventName', text],
              ]),
          ],
        ]),
    ],
    ['eventSource', () => string(chances.pick(['kms.amazonaws.com', 's3.amazonaws.com', 'iam.amazonaws.com']))],
    ['eventName', () => string(chances.pick(EVENT_NAMES))],
    ['errorCode', () => string(chances.pick(['AccessDenied', 'Client.UnauthorizedOperation', 'NoSuchKey']))],
    ['userAgent', text],
    [
      'requestParameters',
      () =>
        object([
          ['count', () => chances.pick(NUMBERS)],
          ['items', items],
          ['policyDocument', text],
          ['eventName', text],
          ['deep', () => (odd() ? nest(chances) : '{}')],
        ]),
    ],
    ['responseElements', () => chances.pick(['null', '{"a":1}', '[null]'])],
    ['additionalEventData', () => object([['MFAUsed', () => string(chances.pick(['Yes', 'No']))]])],
    ['readOnly', () => chances.pick(['true', 'false'])],
    ['eventType', () => string(chances.pick(['AwsApiCall', 'AwsServiceEvent']))],
    ['odd key', () => object([['a.b', text]])],
    ['__proto__', () => object([['polluted', text]])],
    ['constructor', text],
  ]);
}

/** What a log holds beside records, and records that were damaged on their way. */
export function fuzzMessage(chances: Chances): string {
  const record = chances.oneIn(6) ? withSecondParent(fuzzRecord(chances), chances) : fuzzRecord(chances);
  if (!chances.oneIn(6)) return record;
  const at = chances.below(record.length + 1);
  return chances.pick([
    () => record.slice(0, at),
    () => record + chances.pick([' x', '{}', '\n', '  ', '}', ' ]', '"']),
    () => chances.pick(['\ufeff', ' ', '\n', 'prefix ', '[', '"']) + record,
    () =>
      record.slice(0, at) +
      chances.pick(['"', '\\', '{', '}', ',', ':', '\u0000', 'é', ' ']) +
      record.slice(at + chances.below(2)),
    () => record.slice(0, at) + record.slice(at + 1 + chances.below(3)),
    () => chances.pick(TEXTS),
    () => chances.pick(['', ' ', 'null', '[]', '[1]', '{}', '"{}"', 'StopLogging by hand']),
  ])();
}

/** An object comes twice: what the first holds must be forgotten. */
function withSecondParent(record: Json, chances: Chances): Json {
  const name = chances.pick(['userIdentity', 'requestParameters', 'additionalEventData', 'eventName']);
  const second = chances.pick([
    '{}',
    'null',
    '[]',
    '{"type":"Root"}',
    '{"type":"IAMUser","eventName":"x"}',
    '"x"',
    '{"count":10}',
  ]);
  return record === '{}' ? record : `${record.slice(0, -1)},"${name}":${second}}`;
}

function spellOddly(text: string, chances: Chances): Json {
  const units = text.split('').map((unit) => {
    if (!chances.oneIn(3)) return JSON.stringify(unit).slice(1, -1);
    if (unit === '/') return '\\/';
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${units.join('')}"`;
}

function nest(chances: Chances): Json {
  const depth = chances.pick([3, 40, 2000]);
  const [open, close] = chances.pick([
    ['{"eventName":', '}'],
    ['[', ']'],
  ]);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}
