import { REGEX, type ReferenceCases, lexical } from './reference-case.ts';

const LONG = 50_000;

export const regexCases: ReferenceCases = {
  P26: [
    { pattern: '%b+c%', matches: ['abbcd', 'bc'], ignores: ['ac'] },
    { pattern: '{ $.a = %b% }', matches: ['{"a":"abc"}'], ignores: ['{"a":"ac"}'] },
  ],
  P27: [
    { pattern: '%^b$%', matches: ['b'], ignores: ['ab', 'bc', 'a\nb', 'b\nc'] },
    { pattern: '%^a|c$%', matches: ['ab', 'bc'], ignores: ['ba', 'cb'] },
  ],
  P28: [{ pattern: '%a$%', matches: ['a'], ignores: ['a\n', 'a\r\n'] }],
  P29: [
    { pattern: '%^a0 :_#=@/;,-%', matches: ['a0 :_#=@/;,-'], ignores: ['a0:_#=@/;,-'] },
    { pattern: String.raw`%^[a]?a*b+.\\c{1}|d$%`, matches: [String.raw`aab-\c`, 'd'], ignores: ['aab-c'] },
  ],
  P30: [
    { refused: '%(ab)+%', at: '(', awsMessage: lexical('%(') },
    { refused: String.raw`%a\(%`, at: '(', awsMessage: lexical(String.raw`%a\(`) },
    { refused: '%café%', at: 'é', awsMessage: lexical('%café') },
    { refused: '%a!%', at: '!', awsMessage: lexical('%a!') },
    { refused: '%[a&&b]%', at: '&', awsMessage: lexical('%[a&') },
    { refused: '{ $.a = %"% }', at: '"', awsMessage: lexical('%"') },
    { refused: "%a'%", at: "'", awsMessage: lexical("%a'") },
    { refused: '%a<b>%', at: '<', awsMessage: lexical('%a<') },
    { refused: '%a~%', at: '~', awsMessage: lexical('%a~') },
  ],
  P31: [{ pattern: String.raw`%\x28x\x29\x4a\x4A%`, matches: ['f(x)JJ'], ignores: ['fxJJ', '(x)jj'] }],
  P32: [
    { pattern: String.raw`%10\.0\-\_\#\/\\\[%`, matches: [String.raw`10.0-_#/\[`], ignores: [String.raw`1000-_#/\[`] },
  ],
  P33: [{ pattern: '%^a.b$%', matches: ['a-b', 'a\rb', 'a\u2028b', 'a😀b'], ignores: ['a\nb', 'ab'] }],
  P34: [
    { pattern: String.raw`%^\d\D\w\W$%`, matches: ['1a_-', '1é9é'], ignores: ['a1_-', '11_-', '1a--', '1a__', '1aéé'] },
    { pattern: String.raw`%^\d$%`, matches: ['7'], ignores: ['٧'] },
  ],
  P35: [
    { pattern: String.raw`%^\s+$%`, matches: [' \t\n\f\r'], ignores: ['\u00a0', '\v', 'x'] },
    { pattern: String.raw`%^\S+$%`, matches: ['\u00a0', '\v', 'x'], ignores: [' ', '\t', '\n', '\f', '\r'] },
  ],
  P36: [{ pattern: String.raw`%^\t\n\f\r$%`, matches: ['\t\n\f\r'], ignores: ['tnfr', '\\t\\n\\f\\r'] }],
  P37: [
    { refused: String.raw`%a\bc%`, at: String.raw`\b`, awsMessage: REGEX },
    { refused: String.raw`%\pL%`, at: String.raw`\p`, awsMessage: REGEX },
    { refused: String.raw`%a\1%`, at: String.raw`\1`, awsMessage: REGEX },
    { refused: String.raw`%\x4%`, at: String.raw`\x`, awsMessage: REGEX },
  ],
  P38: [
    { pattern: '%^a*b+c?$%', matches: ['b', 'aabbc', 'bc'], ignores: ['aac', 'abcc'] },
    { pattern: '%^a{3}$%', matches: ['aaa'], ignores: ['aa', 'aaaa'] },
    { pattern: '%^a{2,}$%', matches: ['aa', 'aaaaa'], ignores: ['a'] },
    { pattern: '%^a{,2}$%', matches: ['', 'a', 'aa'], ignores: ['aaa'] },
    { pattern: '%^[ab]{2,3}$%', matches: ['ab', 'bab'], ignores: ['a', 'abab'] },
  ],
  P39: [
    { pattern: '%^a+?b$%', matches: ['ab', 'aab'], ignores: ['b'] },
    { pattern: '%^a{1,2}?a??$%', matches: ['a', 'aaa'], ignores: ['', 'aaaa'] },
  ],
  P40: [
    { refused: '%a++%', at: '+', from: 3, awsMessage: REGEX },
    { refused: '%a**%', at: '*', from: 3, awsMessage: REGEX },
    { refused: '%a{2}{3}%', at: '{', from: 5, awsMessage: REGEX },
    { refused: '%a+??%', at: '?', from: 4, awsMessage: REGEX },
  ],
  P41: [
    { refused: '%*a%', at: '*', awsMessage: REGEX },
    { refused: '%a|+%', at: '+', awsMessage: REGEX },
    { refused: '%a{3, 5}%', at: '{', awsMessage: REGEX },
    { refused: '%a{,}%', at: '{', awsMessage: REGEX },
    { refused: '%ba{1001}%', at: 'a{1001}', awsMessage: REGEX },
    { refused: '%a{5,3}%', at: 'a{5,3}', awsMessage: REGEX },
    { pattern: '%^a{1000}$%', matches: ['a'.repeat(1000)], ignores: ['a'.repeat(999)] },
  ],
  P42: [
    { refused: `%${'a{1000}'.repeat(21)}%`, at: 'a{1000}'.repeat(21), awsMessage: REGEX },
    { pattern: `%^${'a{1000}'.repeat(20)}$%`, matches: ['a'.repeat(20_000)], ignores: ['a'.repeat(19_999)] },
  ],
  P43: [
    { pattern: '%lic|nse%', matches: ['lic', 'lense', 'public'], ignores: ['lise'] },
    { pattern: '%^a||b$%', matches: ['x'] },
  ],
  P44: [
    { pattern: '%^p[iou]n$%', matches: ['pin', 'pun'], ignores: ['pan', 'pion'] },
    { pattern: '%^[a-c0-9]$%', matches: ['b', '5'], ignores: ['d', '-'] },
    { pattern: '%^[^a-c]$%', matches: ['d', '\n', 'é', '😀'], ignores: ['b', ''] },
  ],
  P45: [
    { pattern: String.raw`%^[\d\x2d\]]+$%`, matches: ['1-]'], ignores: ['d', 'x'] },
    { pattern: '%^[.*$^|{}?+[]+$%', matches: ['.*$^|{}?+['], ignores: ['a'] },
    { pattern: String.raw`%^[^\D]$%`, matches: ['7'], ignores: ['x', ''] },
    { pattern: String.raw`%^[^\d\D]*$%`, matches: [''], ignores: ['7', 'x'] },
    { pattern: String.raw`%^[^\s\w]$%`, matches: ['-'], ignores: [' ', 'a'] },
  ],
  P46: [{ refused: '%x[z-a]%', at: 'z-a', awsMessage: REGEX }],
  P47: [
    { refused: '%[abc%', at: '[abc', awsMessage: REGEX },
    { refused: '%[[:alpha:]]%', at: '[', from: 2, awsMessage: REGEX },
  ],
  P48: [
    { pattern: '%^[]a]]}$%', matches: [']]}', 'a]}'], ignores: ['b]}'] },
    { pattern: '%^[a-]+[-a]+$%', matches: ['a-', '-a'], ignores: ['b-'] },
    { refused: '%a{b%', at: '{', awsMessage: REGEX },
  ],
  P49: [{ refused: '{ $.a = %% }', at: '%%', awsMessage: lexical('%%') }],
  P50: [
    { refused: '%a% %b%', at: ' %b%', awsMessage: lexical(' ') },
    { refused: '%a%b%', at: 'b%', awsMessage: lexical('b') },
  ],
  P51: [
    {
      pattern: '%a*a*a*a*a*b%',
      matches: [`${'a'.repeat(LONG)}b`],
      ignores: ['a'.repeat(LONG)],
    },
    { pattern: '%[ab]{200}c.*.*d$%', ignores: ['ab'.repeat(LONG)] },
  ],
};
