import { expect, test } from 'vitest';
import { parsePattern } from '../pattern/index.ts';
import { plainText, textWithRegexes } from './filter-text.ts';

function clausesOf(pattern: string) {
  const parsed = parsePattern(pattern);
  if (parsed.kind !== 'json') throw new Error('not a JSON pattern');
  return parsed.condition.kind === 'or' ? parsed.condition.operands : [parsed.condition];
}

test.for<[why: string, pattern: string, text: string]>([
  [
    'comparisons with one property become one, wherever they stand',
    '{ $.userAgent = "*kali*" || $.b = x || $.userAgent = "*S3 Browser*" || $.userAgent = "a.b" || $.userAgent = "c*" || $.userAgent = "*d" }',
    String.raw`$.userAgent=%kali|S3 Browser|^a\.b$|^c|d$%||$.b=x`,
  ],
  [
    'so do the names of a conjunction, and only they',
    '{ ($.eventName = CreateTrail || $.eventName = DeleteTrail) && $.eventName != CreateLogStream && ($.c = x || $.d = y) }',
    '$.eventName=%^CreateTrail$|^DeleteTrail$%&&$.eventName!=CreateLogStream&&($.c=x||$.d=y)',
  ],
  [
    'comparisons with two properties do not',
    '{ ($.selectorA = "xxxxxxxxxxxxxxxxxxxxxxxxxxx" || $.selectorB = "y" || $.selectorB = "z") && $.c = x }',
    '($.selectorA=xxxxxxxxxxxxxxxxxxxxxxxxxxx||$.selectorB=y||$.selectorB=z)&&$.c=x',
  ],
  [
    'a text with what a regular expression means otherwise does not',
    '{ $.a = "x+y" || $.a = "z" || $.a = "w" }',
    '$.a="x+y"||$.a=z||$.a=w',
  ],
  [
    'of three properties, the two that save most',
    '{ $.aaaaaaaa = b || $.aaaaaaaa = c || $.dddddddddd = e || $.dddddddddd = f || $.gggggg = h || $.gggggg = i }',
    '$.dddddddddd=%^e$|^f$%||$.aaaaaaaa=%^b$|^c$%||$.gggggg=h||$.gggggg=i',
  ],
  ['nothing that saves nothing', '{ $.a = b || $.c NOT EXISTS }', '$.a=b||$.c NOT EXISTS'],
])('%s', ([, pattern, text]) => {
  expect(textWithRegexes(clausesOf(pattern))).toBe(text);
  expect(plainText(clausesOf(pattern))).not.toContain('%');
  expect(parsePattern(`{${text}}`, { limits: 'cloudwatch' }).kind).toBe('json');
});
