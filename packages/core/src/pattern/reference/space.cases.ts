import { GRAMMAR, type ReferenceCases, events, lexical } from './reference-case.ts';

const REQUEST = '10.2.3.4 - zoe [2026-11-22 07:15:00] "PUT /a/page.html HTTP/2" 404 2048';

export const fieldCases: ReferenceCases = {
  P109: [{ pattern: '[a, b, c]', extracts: [['\n x \t\r\n y\u00a0z\v\fw ', { $a: 'x', $b: 'y\u00a0z', $c: 'w' }]] }],
  P110: [
    { pattern: '[a, b, c]', extracts: [['x "two words" [t w]', { $a: 'x', $b: 'two words', $c: 't w' }]] },
    {
      pattern: '[a, b]',
      extracts: [
        ['x ""', { $a: 'x', $b: '' }],
        ['x []', { $a: 'x', $b: '' }],
      ],
    },
    { pattern: '[a, b, c]', extracts: [['"" [] "[x]"', { $a: '', $b: '', $c: '[x]' }]] },
  ],
  P111: [{ pattern: '[a, b, c, d]', extracts: [['"x"y [z]"w"', { $a: 'x', $b: 'y', $c: 'z', $d: 'w' }]] }],
  P112: [{ pattern: '[..., a, b]', extracts: [['"x [y', { $a: '"x', $b: '[y' }]] }],
  P113: [{ pattern: '[a, b, ...]', extracts: [['k="v w"', { $a: 'k="v', $b: 'w"' }]] }],
  P114: [{ pattern: '[a, b, ...]', extracts: [[String.raw`"x\" y"`, { $a: 'x\\', $b: 'y"' }]] }],
};

export const entryCases: ReferenceCases = {
  P115: [
    { pattern: '[a, b, c]', extracts: [['1 2 3', { $a: '1', $b: '2', $c: '3' }]], ignores: ['1 2', '1', '', ' '] },
  ],
  P116: [
    {
      pattern: '[a, b]',
      extracts: [
        ['1 2 3', { $a: '1', $b: '2 3' }],
        ['1 "2" ', { $a: '1', $b: '2' }],
        ['1 "2 3" [4]  ', { $a: '1', $b: '"2 3" [4]  ' }],
        ['1  2\t3', { $a: '1', $b: '2\t3' }],
      ],
    },
    { pattern: '[a = ERROR]', matches: ['ERROR', ' ERROR '], ignores: ['ERROR x'] },
  ],
  P117: [
    {
      pattern: '[first, ..., last]',
      extracts: [
        ['1 2', { $first: '1', $last: '2' }],
        ['1 x "y z" 2', { $first: '1', $2: 'x', $3: 'y z', $last: '2' }],
      ],
      ignores: ['1', ''],
    },
    { pattern: '[..., a]', extracts: [['1 2', { $1: '1', $a: '2' }]], ignores: [''] },
    {
      pattern: '[...]',
      extracts: [
        ['1 2', { $1: '1', $2: '2' }],
        ['', {}],
      ],
    },
  ],
  P118: [
    { pattern: '[a, ...]', extracts: [['1 2 3', { $a: '1', $2: '2', $3: '3' }]] },
    { pattern: '[..., a]', extracts: [['1 "2" "3"', { $1: '1', $2: '2', $a: '3' }]] },
  ],
  P119: [
    { pattern: '[a, , c]', extracts: [['1 2 3', { $a: '1', $2: '2', $c: '3' }]], ignores: ['1 2'] },
    { pattern: '[,]', extracts: [['1 2 3', { $1: '1', $2: '2 3' }]], ignores: ['1'] },
    { pattern: '[a,]', extracts: [['1 2', { $a: '1', $2: '2' }]], ignores: ['1'] },
  ],
  P120: [{ pattern: '[ ]', matches: ['', 'x', '{"a":1}', 'x y'] }],
  P121: [
    { refused: '[a, b, a]', at: 'a', from: 2, awsMessage: "Duplicate field 'a'" },
    { refused: '[..., a, ...]', at: '...', from: 5, awsMessage: "Duplicate field '...'" },
  ],
  P122: [
    { pattern: '[_a1, B_2=x, ...]', extracts: [['1 x', { $_a1: '1', $B_2: 'x' }]] },
    { refused: '[a.b]', at: 'a.b', awsMessage: GRAMMAR },
    { refused: '["a"]', at: '"a"', awsMessage: GRAMMAR },
    { refused: '[a b]', at: 'b', awsMessage: GRAMMAR },
  ],
  P123: [{ pattern: '[user-agent = x, ...]', extracts: [['x', { '$user-agent': 'x' }]], ignores: ['y'] }],
  P124: [{ refused: '[1a, b]', at: '1a', awsMessage: lexical('1a') }],
};

export const conditionCases: ReferenceCases = {
  P125: [
    {
      pattern: '[ip, id, user, time, request = *.html*, status = 4*, bytes > 1000]',
      matches: [REQUEST],
      ignores: [REQUEST.replace('404', '200')],
    },
    { pattern: '[a = 1, b = 2]', matches: ['1 2'], ignores: ['1 1', '2 2', '2 1'] },
    { pattern: '[a = 1, ..., z = 2]', matches: ['1 2', '1 x 2'], ignores: ['1 2 x', '2 1'] },
  ],
  P126: [
    { pattern: '[a = x || a = y && a != z, b]', matches: ['x 1', 'y 1'], ignores: ['z 1'] },
    { pattern: '[(a = x || a = y) && a != y, b]', matches: ['x 1'], ignores: ['y 1'] },
    { refused: '[a = 1 ||]', at: ']', awsMessage: GRAMMAR },
  ],
  P127: [
    {
      refused: '[a = 1 || b = 2, c]',
      at: 'b',
      awsMessage: 'Multiple variables used in a single filter. Var1 : a, Var2 : b',
    },
    {
      refused: '[a = 1 || A = 2, c]',
      at: 'A',
      awsMessage: 'Multiple variables used in a single filter. Var1 : a, Var2 : A',
    },
  ],
  P128: [
    { pattern: '[a = "x y", ...]', matches: ['"x y" z'], ignores: ['x y'] },
    { pattern: '[a != *x, ...]', matches: ['xy'], ignores: ['yx'] },
    { pattern: String.raw`[a = %^\d+$%, b]`, matches: ['12 x'], ignores: ['1a x'] },
    { pattern: '[a != %ERR%, b]', matches: ['WARN x'], ignores: ['ERROR x'] },
    { pattern: '[a = * , b]', matches: ['"" x'], ignores: ['x'] },
  ],
  P129: [
    {
      pattern: '[a = 1, ...]',
      matches: ['1', '1.0', '+1', '1e0', '01', '.1e1'],
      ignores: ['1x', '2', '1.01', '"1 2"'],
    },
    { pattern: '[a > 9007199254740992.5, ...]', matches: ['9007199254740993', '1e400'], ignores: ['9007199254740992'] },
    { pattern: '[a != 1, ...]', matches: ['2'], ignores: ['1.0', '1'] },
  ],
  P130: [
    {
      pattern: '[a = 1 || a < 1 || a >= 1, ...]',
      matches: ['1', '-7'],
      ignores: ['x', '""', '1,5', '0x1', '1e99999999999'],
    },
    { pattern: '[a != 1, ...]', matches: ['x', '""', '1,5'], ignores: ['1'] },
  ],
  P131: [{ pattern: '[a = "1", ...]', matches: ['1'], ignores: ['1.0', '01'] }],
  P132: [
    { refused: '[a > "1", b]', at: '"1"', awsMessage: GRAMMAR },
    { refused: '[a > x, b]', at: 'x', awsMessage: GRAMMAR },
    { refused: '[a == 1, b]', at: '=', from: 4, awsMessage: GRAMMAR },
  ],
  P133: [
    { refused: '[a NOT EXISTS]', at: 'NOT', awsMessage: GRAMMAR },
    { refused: '[a IS NULL]', at: 'IS', awsMessage: GRAMMAR },
    { refused: '[$a = 1]', at: '$', awsMessage: lexical('$') },
  ],
  P134: [
    { pattern: '[a && a != x, ...]', matches: ['y'], ignores: ['x'] },
    { pattern: '[a = null, ...]', matches: ['null'], ignores: ['x'] },
  ],
};

export const extractionCases: ReferenceCases = {
  P135: [{ pattern: '[a, , b = x*]', extracts: [['1 2 x y', { $a: '1', $2: '2', $b: 'x y' }]] }],
  P136: [{ pattern: '[a, b]', extracts: [['1 2', { $a: '1', $b: '2' }]] }],
  P137: [
    {
      pattern: '[..., status = 404, size]',
      extracts: [['x y 404 1', { $1: 'x', $2: 'y', $status: '404', $size: '1' }]],
    },
    {
      pattern: '[]',
      extracts: [
        ['x "y z"', { $1: 'x', $2: 'y z' }],
        ['', {}],
      ],
    },
  ],
  P138: [
    { pattern: 'x', extracts: [['x y', {}]] },
    { pattern: '', extracts: [['x y', {}]] },
    { pattern: '%x%', extracts: [['x y', {}]] },
    { pattern: '{ $.a = 1 }', extracts: [['{"a":1}', {}]] },
  ],
};

const TOO_LONG =
  "1 validation error detected: Value '...' at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024";
const THREE = '{ $.a = %1% || $.b = %2% || $.c = %3% }';
const FOUR = '{ $.a[*] = 1 || $.b.* = 2 || $.*.c = 3 || $.d[*] = 4 }';

export const limitCases: ReferenceCases = {
  P139: [
    { pattern: 'x'.repeat(1024), limits: 'cloudwatch', matches: ['x'.repeat(1024)], ignores: ['x'.repeat(1023)] },
    { refused: `${'x'.repeat(1024)}y`, at: 'y', awsMessage: TOO_LONG, limits: 'cloudwatch' },
    { refused: `"${'😀'.repeat(511)}" `, at: ' ', awsMessage: TOO_LONG, limits: 'cloudwatch' },
    { pattern: 'x'.repeat(1025), matches: ['x'.repeat(1025)], ignores: ['x'.repeat(1024)] },
  ],
  P140: [
    {
      refused: THREE,
      at: '%3%',
      awsMessage: 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
      limits: 'cloudwatch',
    },
    {
      refused: '[a = %1%, b = %2%, c != %3%]',
      at: '%3%',
      awsMessage: 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
      limits: 'cloudwatch',
    },
    { pattern: THREE, matches: ['{"c":3}'], ignores: ['{"d":3}'] },
  ],
  P141: [
    { refused: FOUR, at: '$.d[*]', awsMessage: GRAMMAR, limits: 'cloudwatch' },
    { pattern: FOUR, matches: ['{"d":[4]}', '{"x":{"c":3}}'], ignores: events('[4]') },
  ],
};

export const valueCases: ReferenceCases = {
  P142: [
    { selector: ' $.a.b[1] ', values: [['{"a":{"b":["x","y"]}}', 'y']] },
    { selector: "$.['a.b']", values: [['{"a.b":"x"}', 'x']] },
  ],
  P143: [
    {
      selector: '$.a',
      values: [
        ['{"a":"x"}', 'x'],
        ['{"a":""}', ''],
        ['{"a":true}', 'true'],
        ['{"a":123456789012345678901}', '123456789012345678901'],
        ['{"a":1.50}', '1.5'],
        ['{"a":1e3}', '1000.0'],
      ],
    },
  ],
  P144: [
    {
      selector: '$.a',
      values: [
        ['{}', undefined],
        ['{"a":null}', undefined],
        ['{"a":{}}', undefined],
        ['{"a":["x"]}', undefined],
        ['not json', undefined],
        ['[{"a":1}]', undefined],
      ],
    },
    { selector: '$.constructor.name', values: [['{}', undefined]] },
  ],
};
