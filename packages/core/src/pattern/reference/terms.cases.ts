import { GRAMMAR, type ReferenceCases, lexical } from './reference-case.ts';

export const kindCases: ReferenceCases = {
  P1: [
    { pattern: '', matches: ['anything', '', '{"a":1}'] },
    { pattern: ' \t\r\n', matches: ['anything', ''] },
  ],
  P2: [
    { pattern: '{ $.a = 1 }', matches: ['{"a":1}'], ignores: ['a = 1'] },
    {
      refused: '{ $.a = 1',
      at: '1',
      awsMessage: "If a filter pattern starts with '{' it must end with '}'",
    },
  ],
  P3: [
    { pattern: '[a, b]', matches: ['x y'], ignores: ['x'] },
    { refused: '[a, b', at: 'b', awsMessage: "If a filter pattern starts with '[' it must end with ']'" },
  ],
  P4: [
    { pattern: '%a.c%', matches: ['abc'], ignores: ['a.', '%ac%'] },
    { refused: '%abc', at: 'c', awsMessage: "If a filter pattern starts with '%' it must end with '%'" },
  ],
  P5: [{ pattern: 'abc', matches: ['xabcx'], ignores: ['ab'] }],
  P6: [
    { pattern: '\n{ $.a = 1 }\t', matches: ['{"a":1}'], ignores: ['{"a":2}'] },
    { pattern: ' [a, b]\r\n', matches: ['x y'], ignores: ['x'] },
    { pattern: ' %^b% ', matches: ['b'], ignores: [' b'] },
    { pattern: ' abc ', matches: ['abc'], ignores: ['ab'] },
  ],
};

export const termCases: ReferenceCases = {
  P7: [{ pattern: 'ERROR', matches: ['ERROR', 'an ERROR.', 'xERRORS', '[ERROR_1]'], ignores: ['ERRO R', ''] }],
  P8: [{ pattern: 'Error', matches: ['Error'], ignores: ['error', 'ERROR'] }],
  P9: [{ pattern: 'one  two', matches: ['one two', 'two one', 'twone two'], ignores: ['one', 'two'] }],
  P10: [{ pattern: 'one -two', matches: ['one'], ignores: ['one two', 'x', 'twoone'] }],
  P11: [{ pattern: '-one -two', matches: ['', 'three'], ignores: ['one', 'two', 'one two'] }],
  P12: [
    { pattern: '?one ?two', matches: ['one', 'two', 'two one'], ignores: ['', 'three'] },
    { pattern: '?one', matches: ['one'], ignores: ['two'] },
  ],
  P13: [
    { pattern: '?one two', matches: ['two', 'one two'], ignores: ['one'] },
    { pattern: '?one -two', matches: ['one', 'three'], ignores: ['one two'] },
  ],
  P14: [
    { pattern: '"two words"', matches: ['two words!'], ignores: ['two  words', 'words two'] },
    { pattern: '"a*?-%b"', matches: ['a*?-%b'], ignores: ['axb', 'ab'] },
    { pattern: '-"two words" ?x', matches: ['words two'], ignores: ['two words'] },
  ],
  P15: [
    { pattern: String.raw`"say \"hi\""`, matches: ['say "hi"'], ignores: [String.raw`say \"hi\"`] },
    { pattern: String.raw`"C:\\t"`, matches: [String.raw`C:\t`], ignores: [String.raw`C:\\t`, 'C:\t'] },
    { pattern: String.raw`"a\n"`, matches: [String.raw`a\n`], ignores: ['a\n', 'an'] },
  ],
  P16: [
    { pattern: 'a-b', matches: ['a'], ignores: ['a-b', 'b', ''] },
    { pattern: 'a?b', matches: ['a', 'ab'], ignores: ['b'] },
    { pattern: 'a-"b c"', matches: ['a b'], ignores: ['a b c'] },
  ],
  P17: [{ pattern: '"failed" -\t"retry" ? x', matches: ['failed'], ignores: ['failed, retrying', 'x'] }],
  P18: [
    { pattern: 'café_1.5日', matches: ['<café_1.5日>'], ignores: ['cafe_1.5日'] },
    { refused: 'ERR*', at: '*', awsMessage: lexical('*') },
    { refused: 'a/b', at: '/', awsMessage: lexical('/') },
    { refused: 'a = b', at: '=', awsMessage: lexical('=') },
    { refused: 'a 😀', at: '😀', awsMessage: lexical('😀') },
  ],
  P19: [
    { refused: 'a ""', at: '""', awsMessage: lexical('""') },
    { refused: 'a "b', at: '"b', awsMessage: lexical('"b') },
  ],
  P20: [
    { refused: '"a"b', at: 'b', awsMessage: GRAMMAR },
    { refused: 'a"b"', at: '"', awsMessage: GRAMMAR },
    { refused: '"a""b"', at: '"', awsMessage: GRAMMAR, from: 3 },
  ],
  P21: [{ pattern: '" "', matches: ['two words', ' '], ignores: ['word', ''] }],
  P22: [{ pattern: 'a OR b', matches: ['b OR a'], ignores: ['a', 'a b'] }],
  P23: [
    { refused: 'ERROR -', at: '', awsMessage: GRAMMAR },
    { refused: '?', at: '', awsMessage: GRAMMAR },
    { refused: '--a', at: '-', awsMessage: GRAMMAR, from: 1 },
  ],
  P24: [
    { refused: 'ERROR %WARN%', at: '%', awsMessage: lexical('%') },
    { refused: '?%WARN%', at: '%', awsMessage: lexical('%') },
  ],
  P25: [{ pattern: '"\\"a\\":1"', matches: ['{"a":1}'], ignores: ['{"a": 1}'] }],
};
