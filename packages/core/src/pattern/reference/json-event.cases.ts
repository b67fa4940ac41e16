import { GRAMMAR, type ReferenceCases, events, lexical } from './reference-case.ts';

const WILDCARDS =
  'Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector.';

export const jsonEventCases: ReferenceCases = {
  P52: [
    {
      pattern: '{ $.a = 1 || $.b NOT EXISTS }',
      matches: ['{"a":2}', ' \t\r\n{"a":1}\n', '{}'],
      ignores: [
        '',
        'text',
        '{"a":1} trailing',
        'x {"a":1}',
        '[{"a":1}]',
        '"a"',
        'null',
        '\ufeff{"a":1}',
        '{"a":1}{}',
        '{a:1}',
      ],
    },
  ],
  P53: [{ pattern: '{ $.a = 2 }', matches: ['{"a":1,"a":2}'], ignores: ['{"a":2,"a":1}'] }],
  P54: [
    {
      pattern: '{ $.a = 9007199254740993 }',
      matches: events('9007199254740993'),
      ignores: events('9007199254740992', '9007199254740994', '9007199254740993.0'),
    },
    {
      pattern: `{ $.a > 1${'0'.repeat(400)} }`,
      matches: events(`1${'0'.repeat(399)}1`),
      ignores: events(`1${'0'.repeat(400)}`, '1e308', '5'),
    },
    {
      pattern: '{ $.a < -9007199254740992 }',
      matches: events('-9007199254740993'),
      ignores: events('-9007199254740992'),
    },
  ],
  P55: [
    { pattern: '{ $.a = 0 }', matches: events('1e-999', '0.0', '-0.0', '-0', '0'), ignores: events('1e-300') },
    { pattern: '{ $.a > 1e-999 }', matches: events('1e-300', '1'), ignores: events('1e-998', '0') },
  ],
  P56: [
    { pattern: '{ $.a = 0.1 }', matches: events('0.1', '1e-1', '0.10000000000000000001'), ignores: events('0.11') },
    { pattern: '{ $.a = 9007199254740992 }', matches: events('9007199254740993.0', '9007199254740992') },
    {
      pattern: '{ $.a > 0.1 }',
      ignores: events('0.1', '0.10000000000000000001'),
      matches: events('0.10000000000000002'),
    },
  ],
  P57: [
    {
      pattern: '{ $.a = "é\\"" }',
      matches: [String.raw`{"a":"\u00e9\""}`, String.raw`{"\u0061":"é\u0022"}`],
      ignores: events('"e"'),
    },
  ],
};

export const selectorCases: ReferenceCases = {
  P58: [
    {
      pattern: '{ $.a.b = 1 }',
      matches: ['{"a":{"b":1}}'],
      ignores: ['{"b":1}', '{"a.b":1}', '{"a":1}', '{"x":{"a":{"b":1}}}'],
    },
  ],
  P59: [
    { pattern: '{ $.non-existent_9Ä = 1 }', matches: ['{"non-existent_9Ä":1}'], ignores: ['{"non-existent_9ä":1}'] },
    { pattern: '{ $.0.1a = 1 }', matches: ['{"0":{"1a":1}}'], ignores: ['{"0.1a":1}'] },
    { refused: '{ $.a:b = 1 }', at: ':', awsMessage: lexical(':') },
  ],
  P60: [
    { pattern: "{ $.['a.b'] = 1 }", matches: ['{"a.b":1}'], ignores: ['{"a":{"b":1}}'] },
    { pattern: "{ $.x.['a b/c\"'].y = 1 }", matches: ['{"x":{"a b/c\\"":{"y":1}}}'], ignores: ['{"x":{"y":1}}'] },
  ],
  P61: [{ pattern: "{ $.x['a.b'][0] = 1 }", matches: ['{"x":{"a.b":[1]}}'], ignores: ['{"x":{"a":{"b":[1]}}}'] }],
  P62: [
    { pattern: '{ $.a[0] = 1 }', matches: events('[1,2]'), ignores: events('[2,1]', '[]', '1') },
    { pattern: '{ $.a[1][0].b = 1 }', matches: events('[0,[{"b":1}]]'), ignores: events('[[{"b":1}]]') },
  ],
  P63: [
    { pattern: '{ $.a[*] = 2 }', matches: events('[1,2]', '{"x":2}'), ignores: events('2', '[[2]]', '{"x":{"y":2}}') },
    { pattern: '{ $.a.* = 2 }', matches: events('[1,2]', '{"x":2}'), ignores: events('2', '[[2]]') },
    { pattern: '{ $.*.b = 2 }', matches: ['{"x":{"b":1},"y":{"b":2}}'], ignores: ['{"b":2}'] },
    {
      pattern: '{ $.a[*].b = 1.5 }',
      matches: events('[{"b":1},{"b":1.5}]', '{"x":{"b":1.5}}'),
      ignores: events('{"b":1.5}'),
    },
  ],
  P64: [{ refused: '{ $.a[*].* = 2 }', at: '$.a[*].*', awsMessage: WILDCARDS }],
  P65: [
    { pattern: '{ $.a.b = 2 }', ignores: events('[{"b":2}]', '"b"'), matches: events('{"b":2}') },
    { pattern: '{ $.a[0] = 2 }', ignores: events('{"0":2}', '"2"'), matches: events('[2]') },
    { pattern: '{ $.a.0 = 2 }', ignores: events('[2]'), matches: events('{"0":2}') },
  ],
  P66: [
    { pattern: '{ $.constructor NOT EXISTS && $.a.length NOT EXISTS }', matches: events('[1]', '"x"', '{}') },
    {
      pattern: '{ $.constructor = x || $.a.length = 1 }',
      matches: events('{"length":1}'),
      ignores: events('[1]', '"x"'),
    },
    { pattern: '{ $.__proto__.b = 1 }', matches: ['{"__proto__":{"b":1}}'], ignores: ['{"b":1}', '{}'] },
    { pattern: '{ $.__proto__ NOT EXISTS }', matches: ['{}'], ignores: ['{"__proto__":null}'] },
    { pattern: '{ $.a[*].toString NOT EXISTS }', matches: events('[1,"x",{}]'), ignores: events('[{"toString":1}]') },
  ],
  P67: [
    { refused: '{ $ = 2 }', at: '$ ', awsMessage: lexical('$ ') },
    { refused: '{ $[0] = 2 }', at: '$[', awsMessage: lexical('$[') },
    { refused: "{ $['a.b'] = 2 }", at: '$[', awsMessage: lexical('$[') },
    { refused: '{ a.b = 2 }', at: 'a.b', awsMessage: GRAMMAR },
  ],
  P68: [
    { refused: '{ $.a[-1] = 2 }', at: '-', awsMessage: lexical('[-') },
    { refused: '{ $.["a"] = 2 }', at: '"', awsMessage: lexical('$.["') },
    { refused: '{ $.a["b"] = 2 }', at: '"', awsMessage: lexical('["') },
  ],
  P69: [
    { pattern: '{ $.a[2147483647] NOT EXISTS }', matches: events('[]') },
    { refused: '{ $.a[2147483648] = 2 }', at: '2147483648', awsMessage: GRAMMAR },
    { refused: "{ $.[''] = 2 }", at: "'", awsMessage: lexical("$.['") },
    { refused: '{ $.a..b = 2 }', at: '.', from: 6, awsMessage: lexical('..') },
  ],
};
