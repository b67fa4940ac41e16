import { GRAMMAR, type ReferenceCases, events, lexical } from './reference-case.ts';

export const jsonComparisonCases: ReferenceCases = {
  P70: [
    { pattern: '{ $.a != x }', matches: events('"y"', '1'), ignores: events('true', 'null', '{}', '[]', '["y"]') },
    { pattern: '{ $.a = * }', matches: events('""'), ignores: events('false', 'null', '{"x":1}', '[1]') },
    { pattern: '{ $.a >= 0 || $.a < 0 }', matches: events('1'), ignores: events('true', 'null', '[1]') },
    { pattern: '{ $.a = %.% || $.a != %.% }', matches: events('""'), ignores: events('true', 'null', '[""]') },
  ],
  P71: [{ pattern: '{ $.a = 1 || $.a != 1 || $.a < 1 }', matches: events('1'), ignores: ['{}', '{"b":{"a":1}}'] }],
  P72: [
    { pattern: '{ $.a != x* }', matches: events('"y"', '5'), ignores: events('"xy"') },
    { pattern: '{ $.a != 1 }', matches: events('2', '"2"', '"1.0"'), ignores: events('1', '1.0', '"1"') },
  ],
  P73: [
    {
      pattern: '{ $.a = kms.amazonaws-x_1.com }',
      matches: events('"kms.amazonaws-x_1.com"'),
      ignores: events('"kms"'),
    },
    { pattern: '{ $.a = 10.0.0.1 }', matches: events('"10.0.0.1"'), ignores: events('10') },
    { pattern: '{ $.a = "a b:c/d" }', matches: events('"a b:c/d"'), ignores: events('"a b"') },
    { pattern: '{ $.a = 日本 }', matches: events('"日本"'), ignores: events('"日"') },
  ],
  P74: [
    { refused: '{ $.a = foo:bar }', at: ':', awsMessage: lexical(':') },
    { refused: '{ $.a = a/b }', at: '/', awsMessage: lexical('/') },
    { refused: "{ $.a = 'x' }", at: "'", awsMessage: lexical("'") },
    { refused: '{ $.a = two words }', at: 'words', awsMessage: GRAMMAR },
    { refused: '{ $.a = "" }', at: '""', awsMessage: lexical('""') },
  ],
  P75: [
    { pattern: '{ $.a = "Root" }', matches: events('"Root"'), ignores: events('"root"', '" Root"', '"Roots"', '""') },
  ],
  P76: [
    { pattern: '{ $.a = *bar }', matches: events('"foobar"', '"bar"'), ignores: events('"barfoo"', '"Bar"') },
    { pattern: '{ $.a = 4* }', matches: events('"404"', '404', '4'), ignores: events('"504"', '504') },
    { pattern: '{ $.a = *o* }', matches: events('"foo"', '"o"'), ignores: events('"bar"') },
  ],
  P77: [
    { pattern: '{ $.a = * }', matches: events('""', '"x"', '0', '1.5', '1e309'), ignores: ['{}', ...events('null')] },
  ],
  P78: [
    { pattern: '{ $.a = "*" }', matches: events('""', '1'), ignores: events('true') },
    {
      pattern: '{ $.a = "*Unauthorized Op*" }',
      matches: events('"x Unauthorized Operation"'),
      ignores: events('"Op"'),
    },
  ],
  P79: [
    {
      pattern: '{ $.a = "Put*Object" }',
      matches: events('"Put*Object"'),
      ignores: events('"PutObject"', '"PutAnObject"'),
    },
    { pattern: '{ $.a = a*b* }', matches: events('"a*bc"'), ignores: events('"axbc"') },
  ],
  P80: [
    {
      pattern: '{ $.a = 1000 }',
      matches: events('1000', '1e3', '1000.0', '10.00E2'),
      ignores: events('1001', '"1e3"'),
    },
    { pattern: '{ $.a = 1e3 }', matches: events('1000', '1e3'), ignores: events('"1000"') },
    { pattern: '{ $.a = 0.30000000000000000001 }', ignores: events('0.3', '0.30000000000000000001') },
    { pattern: '{ $.a != 0.30000000000000000001 }', matches: events('0.3') },
  ],
  P81: [
    { pattern: '{ $.a = 1.0 }', matches: events('"1.0"', '1'), ignores: events('"1"', '"1.00"') },
    { pattern: '{ $.a = +1 }', matches: events('1', '"+1"'), ignores: events('"1"') },
    { pattern: '{ $.a = 1e309 }', matches: events('"1e309"'), ignores: events('1e309') },
  ],
  P82: [
    { pattern: '{ $.a = "1" }', matches: events('1', '"1"'), ignores: events('1.0', '1e0', '"01"') },
    { pattern: '{ $.a = "1000.0" }', matches: events('1e3', '1000.0'), ignores: events('1000') },
    { pattern: '{ $.a = 1000.* }', matches: events('1e3'), ignores: events('1000') },
    { pattern: '{ $.a = %^1$% }', matches: events('1'), ignores: events('1.0', '10') },
    { pattern: '{ $.a = "0.5" }', matches: events('0.5', '5e-1', '0.50'), ignores: events('0.55') },
    {
      pattern: '{ $.a = "9007199254740993" }',
      matches: events('9007199254740993'),
      ignores: events('9007199254740992'),
    },
    { pattern: '{ $.a = x }', matches: events('"x"'), ignores: events('1', '1.5', '1e309') },
  ],
  P83: [
    { pattern: '{ $.a = "9.0E-4" }', matches: events('0.0009', '9e-4'), ignores: events('0.009') },
    { pattern: '{ $.a = "0.001" }', matches: events('0.001', '1e-3'), ignores: events('0.01') },
    { pattern: '{ $.a = "1.0E7" }', matches: events('1e7', '10000000.0'), ignores: events('10000000') },
    { pattern: '{ $.a = "9999999.0" }', matches: events('9999999.0'), ignores: events('9999999') },
    { pattern: '{ $.a = "-1.2345E-10" }', matches: events('-1.2345e-10'), ignores: events('1.2345e-10') },
    { pattern: '{ $.a = "0" }', matches: events('0', '-0'), ignores: events('0.0', '-0.0', '1e-999') },
    { pattern: '{ $.a = "-0.0" }', matches: events('-0.0', '-1e-999'), ignores: events('0.0', '-0') },
  ],
  P84: [
    {
      pattern: '{ $.a = 1e309 || $.a != 1 || $.a < 1e400 || $.a > 1 || $.a <= 1e309 || $.a >= 1e309 }',
      matches: events('2'),
      ignores: events('1e309', '-1e309'),
    },
  ],
  P85: [
    { pattern: '{ $.a = Infinity }', matches: events('1e309', '"Infinity"'), ignores: events('-1e309', '1e308') },
    { pattern: '{ $.a = "-Infinity" }', matches: events('-1e309'), ignores: events('1e309', `-1${'0'.repeat(400)}`) },
  ],
  P86: [
    { pattern: '{ $.a > 75 }', matches: events('76', '75.5', '1e2'), ignores: events('75', '75.0', '-76') },
    { pattern: '{ $.a <= -1.50 }', matches: events('-1.5', '-2'), ignores: events('-1.49', '0', '1.5') },
    { pattern: '{ $.a < 9007199254740993 }', matches: events('9007199254740992'), ignores: events('9007199254740993') },
    {
      pattern: '{ $.a >= 9007199254740993 }',
      matches: events('9007199254740993'),
      ignores: events('9007199254740992'),
    },
  ],
  P87: [{ pattern: '{ $.a > 0 || $.a <= 0 }', matches: events('1'), ignores: events('"1"', '""', '"x"') }],
  P88: [
    { refused: '{ $.a > "0" }', at: '"0"', awsMessage: lexical('"0"') },
    { refused: '{ $.a > 4* }', at: '4*', awsMessage: lexical('4*') },
    { refused: '{ $.a <= %1% }', at: '%1%', awsMessage: lexical('%1%') },
    { refused: '{ $.a < x }', at: 'x', awsMessage: lexical('x') },
  ],
  P89: [
    { pattern: '{ $.a > +1000 }', matches: events('1001'), ignores: events('1000') },
    { pattern: '{ $.a < 10e-3 }', matches: events('0.009'), ignores: events('0.01') },
    { pattern: '{ $.a = -1.5E+2 }', matches: events('-150'), ignores: events('150', '-15') },
  ],
  P90: [
    {
      pattern: '{ $.a = .5 || $.a = 5. }',
      matches: events('0.5', '5', '".5"', '"5."'),
      ignores: events('"0.5"', '"5"'),
    },
  ],
  P91: [
    { refused: '{ $.a = 1e2147483648 }', at: '1e2147483648', awsMessage: GRAMMAR },
    { pattern: '{ $.a < 1e2147483647 }', matches: events('1e308', '9'), ignores: events('1e309') },
    { pattern: '{ $.a > 1e-2147483647 }', matches: events('1e-300'), ignores: events('0', '1e-400') },
  ],
  P92: [
    { pattern: String.raw`{ $.a = %^4\d\d$% }`, matches: events('404', '"404"'), ignores: events('504', '4040') },
    { pattern: '{ $.a != %Trail% }', matches: events('"x"', '1'), ignores: ['{}', ...events('"a Trail"', 'true')] },
    { pattern: '{ $.a = %^} , ]$% }', matches: events('"} , ]"'), ignores: events('"} ,"') },
  ],
  P93: [
    { pattern: '{ $.a = true }', matches: events('"true"'), ignores: events('true', '"TRUE"', '1') },
    { pattern: '{ $.a = "false" }', matches: events('"false"'), ignores: events('false') },
  ],
  P94: [
    { refused: '{ $.a = null }', at: 'null', awsMessage: GRAMMAR },
    { refused: '{ $.a != NULL }', at: 'NULL', awsMessage: GRAMMAR },
    { pattern: '{ $.a = "null" }', matches: events('"null"'), ignores: events('null') },
  ],
  P95: [
    { pattern: '{ $.a = IS }', matches: events('"IS"'), ignores: events('"is"') },
    {
      pattern: '{ $.a = NOT || $.a = EXISTS || $.a = TRUE }',
      matches: events('"NOT"', '"EXISTS"', '"TRUE"'),
      ignores: events('true'),
    },
  ],
  P96: [
    {
      pattern: '{ $.a IS TRUE }',
      matches: events('true'),
      ignores: ['{}', ...events('false', '"true"', '1', '[true]', 'null')],
    },
    {
      pattern: '{ $.a IS FALSE }',
      matches: events('false'),
      ignores: ['{}', ...events('true', '"false"', '0', '[false]')],
    },
  ],
  P97: [
    {
      pattern: '{ $.a IS NULL }',
      matches: events('null'),
      ignores: ['{}', ...events('"null"', 'false', '0', '{}', '[]')],
    },
  ],
  P98: [
    {
      pattern: '{ $.a IS NULL }',
      matches: events('[null]', '[1,null]'),
      ignores: events('[[null]]', '[{"b":null}]', '{"b":null}'),
    },
    { pattern: '{ $.a[*] IS NULL }', matches: events('[null]'), ignores: events('[[null]]', 'null') },
  ],
  P99: [
    { pattern: '{ $.a NOT EXISTS }', matches: ['{}', '{"b":1}'], ignores: events('null', 'false', '""', '[]', '{}') },
    {
      pattern: '{ $.a.b NOT EXISTS }',
      matches: ['{}', ...events('1', 'null', '[{"b":1}]')],
      ignores: events('{"b":null}'),
    },
    { pattern: '{ $.a[0] NOT EXISTS }', matches: events('[]'), ignores: events('[null]') },
  ],
  P100: [
    { pattern: '{ $.a is Null }', matches: events('null'), ignores: events('1') },
    { pattern: '{ $.b not exists && $.a Is trUE }', matches: events('true'), ignores: events('false') },
  ],
  P101: [
    { refused: '{ $.a EXISTS }', at: 'EXISTS', awsMessage: GRAMMAR },
    { refused: '{ $.a IS NOT NULL }', at: 'NOT', awsMessage: lexical('NOT') },
    { refused: '{ $.a == 1 }', at: '=', from: 7, awsMessage: GRAMMAR },
    { refused: '{ $.a = 1 AND $.b = 2 }', at: 'AND', awsMessage: GRAMMAR },
    { refused: '{ $.a = 1 OR $.b = 2 }', at: 'OR', awsMessage: GRAMMAR },
  ],
  P102: [
    { refused: '{ !($.a = 1) }', at: '!', awsMessage: lexical('!(') },
    { refused: '{ NOT $.a = 1 }', at: 'NOT', awsMessage: GRAMMAR },
    { refused: '{ $.a <> 1 }', at: '>', awsMessage: GRAMMAR },
    { refused: '{ $.a => 1 }', at: '>', awsMessage: GRAMMAR },
    { refused: '{ $.a = 1 & $.b = 2 }', at: '&', awsMessage: lexical('& ') },
    { refused: '{ $.a = 1 | $.b = 2 }', at: '|', awsMessage: lexical('| ') },
    { refused: '{ $.a = $.b }', at: '$.b', awsMessage: GRAMMAR },
    { refused: '{ }', at: '}', awsMessage: GRAMMAR },
    { refused: '{ $.a = 1 && }', at: '}', awsMessage: GRAMMAR },
    { refused: '{ ($.a = 1 }', at: '}', awsMessage: GRAMMAR },
    { refused: '{ ($.a = 1)) }', at: ')', from: 11, awsMessage: GRAMMAR },
  ],
  P103: [
    {
      pattern: '{ $.a = 1 || $.b = 2 && $.c = 3 }',
      matches: ['{"a":1}', '{"b":2,"c":3}'],
      ignores: ['{"b":2}', '{"c":3}'],
    },
    { pattern: '{ ($.a = 1 || $.b = 2) && $.c = 3 }', matches: ['{"a":1,"c":3}'], ignores: ['{"a":1}', '{"b":2}'] },
    { pattern: '{ ((($.a = 1))) }', matches: ['{"a":1}'], ignores: ['{"a":2}'] },
  ],
  P104: [
    { pattern: `{ ${'('.repeat(512)}$.a = 1${')'.repeat(512)} }`, matches: events('1'), ignores: events('2') },
    { refused: `{${'('.repeat(513)}$.a = 1${')'.repeat(513)}}`, at: '(', from: 513, awsMessage: GRAMMAR },
  ],
  P105: [
    {
      pattern: '{$.a=1&&($.b="x"||$.c IS NULL)}',
      matches: ['{"a":1,"b":"x"}', '{"a":1,"c":null}'],
      ignores: ['{"a":1}'],
    },
    { pattern: '{\n\t( $.a\r\n=\t1 )\n}', matches: events('1'), ignores: events('2') },
  ],
};

export const wildcardCases: ReferenceCases = {
  P106: [
    { pattern: '{ $.a[*] = 2 }', matches: events('[1,2]', '[2]'), ignores: events('[1]', '[]', 'null') },
    { pattern: '{ $.a[*] > 2.5 }', matches: events('[1,3]', '{"x":2.75}'), ignores: events('[1,"3"]') },
    { pattern: '{ $.a[*] IS TRUE }', matches: events('[false,true]'), ignores: events('[false]', 'true') },
    { pattern: '{ $.a[*] = "1.0" }', matches: events('[1,1.0]', '{"x":1e0}'), ignores: events('[1]') },
  ],
  P107: [
    {
      pattern: '{ $.a[*] != 2 }',
      matches: events('[1]', '[]', '{}', 'null', '2', '"x"', '[true,null]', '[1e309]'),
      ignores: ['{}', ...events('[1,2]', '{"x":2}')],
    },
    {
      pattern: '{ $.a[*].b != 2 }',
      matches: events('[{}]', '[]', '[{"b":1}]'),
      ignores: ['{}', ...events('[{"b":1},{"b":2}]')],
    },
    { pattern: '{ $.* != 2 }', matches: ['{}', '{"x":1}'], ignores: ['{"x":2}'] },
  ],
  P108: [
    {
      pattern: '{ $.a[*] NOT EXISTS }',
      matches: ['{}', ...events('[]', '{}', '1', 'null')],
      ignores: events('[null]', '{"x":false}'),
    },
    { pattern: '{ $.a[*].b NOT EXISTS }', matches: events('[{}]', '[1]'), ignores: events('[{},{"b":null}]') },
  ],
};
