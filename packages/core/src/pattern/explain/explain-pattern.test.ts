import { expect, test } from 'vitest';
import { type Explanation, explainPattern, parsePattern } from '../index.ts';

function render(part: Explanation, depth = 0): string {
  const mark = { holds: '+', fails: '-', ignored: '~' }[part.verdict];
  const seen = part.seen.length === 0 ? '' : ` [${part.seen.join(', ')}]`;
  const line = `${'  '.repeat(depth)}${mark} ${part.label}${seen}: ${part.reason}`;
  return [line, ...part.children.map((child) => render(child, depth + 1))].join('\n');
}

function explain(pattern: string, message: string): string {
  return render(explainPattern(parsePattern(pattern), message));
}

const EVENT = JSON.stringify({
  eventName: 'ConsoleLogin',
  userIdentity: { type: 'root' },
  additionalEventData: { MFAUsed: true },
  errorCode: null,
  tags: [{ key: 'a' }, { key: 'b' }],
  count: 1.5,
});

test('every comparison of a JSON pattern is explained, with what it saw', () => {
  const pattern = `{ $.eventName = Console* && $.userIdentity.type = "Root" && ($.userIdentity.invokedBy != x || $.errorCode NOT EXISTS)
    && $.additionalEventData.MFAUsed = true && $.tags[*].key = b && $.tags.key = b && $.count = "1.50" && $.eventName > 1 && $.tags[*].key != b
    && $.errorCode = * && $.tags = x && $.userIdentity = x && $.count IS TRUE && $.errorCode IS NULL && $.tags[5].key = x && $.count < 2 }`;
  expect(explain(pattern, EVENT)).toMatchInlineSnapshot(`
    "- all of: 4 of 16 hold
      + $.eventName = Console* ["ConsoleLogin"]: the text begins with "Console"
      - $.userIdentity.type = "Root" ["root"]: the texts differ in upper and lower case
      - any of: 0 of 2 hold
        - $.userIdentity.invokedBy != x: there is no $.userIdentity.invokedBy; every comparison with it fails, != too
        - $.errorCode NOT EXISTS [null]: $.errorCode exists
      - $.additionalEventData.MFAUsed = true [true]: a boolean compares with nothing; write IS TRUE
      + $.tags[*].key = b ["a", "b"]: of the 2 selected values, number 2 passes: the texts are equal
      - $.tags.key = b: $.tags is an array of 2, not an object; every comparison with it fails, != too
      - $.count = "1.50" [1.5]: the texts differ; the number's text is "1.5"
      - $.eventName > 1 ["ConsoleLogin"]: a string has no order, not even one that looks like a number
      - $.tags[*].key != b ["a", "b"]: a selected value equals it
      - $.errorCode = * [null]: null compares with nothing; write IS NULL
      - $.tags = x [an array of 2]: an array compares with nothing; select its elements with [0] or [*]
      - $.userIdentity = x [an object of 1]: an object compares with nothing; select one of its properties
      - $.count IS TRUE [1.5]: it is not true
      + $.errorCode IS NULL [null]: it is null
      - $.tags[5].key = x: there is no $.tags[5]; every comparison with it fails, != too
      + $.count < 2 [1.5]: the number is < 2"
  `);
});

test('a value is shown in quotes where it was typed in quotes, and bare where it was not', () => {
  const labels = (pattern: string) =>
    explainPattern(parsePattern(pattern), '{"x": true}').children.map(({ label }) => label);
  const json = ['$.x = true', '$.x = "true"', '$.x = "a\\"b"', '$.x != Root*', '$.x = *', '$.x IS TRUE', '$.x = 01.0'];
  expect(labels(`{ ${json.join(' && ')} }`)).toEqual(json);
  const fields = ['a = GET', 'b = "GET"', 'c = 4*', 'd = %x%'];
  expect(labels(`[${fields.join(', ')}]`)).toEqual(['a', 'b', 'c', 'd']);
  const bound = explainPattern(parsePattern(`[${fields.join(', ')}]`), 'GET GET 4 x').children;
  expect(bound.map(({ label }) => label)).toEqual(fields);
});

test('a message that is not a JSON object is the reason for every comparison', () => {
  expect(explain('{ $.a = 1 || $.b NOT EXISTS }', '[1]')).toMatchInlineSnapshot(`
    "- any of: 0 of 2 hold
      - $.a = 1: the message is not a JSON object
      - $.b NOT EXISTS: the message is not a JSON object"
  `);
});

test('terms are explained one by one, ignored ones too', () => {
  expect(explain('ERROR -timeout ?WARN "not here"', 'an error ERROR, timeout')).toMatchInlineSnapshot(`
    "- all of: 1 of 3 hold
      + "ERROR": it occurs at character 10
      - -"timeout": it occurs at character 17
      ~ ?"WARN": ? terms count only where there are no others
      - "not here": it does not occur"
  `);
  expect(explain('?error ?WARN', 'Error')).toMatchInlineSnapshot(`
    "- any of: 0 of 2 hold
      - ?"error": it occurs only in other upper and lower case
      - ?"WARN": it does not occur"
  `);
});

test('entries of a space-delimited pattern are explained with their fields', () => {
  const line = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET / HTTP/1.0" 404 x';
  const pattern = '[ip, , user = "Frank", ..., request = %^POST%, status = 404 || status > 499, bytes != 1]';
  expect(explain(pattern, line)).toMatchInlineSnapshot(`
    "- all of: 5 of 7 hold
      + ip ["127.0.0.1"]: the field is there
      + any field ["-"]: the field is there
      - user = "Frank" ["frank"]: the texts differ in upper and lower case
      + ...: it covers any fields
      - request = %^POST% ["GET / HTTP/1.0"]: the expression is not found
      + any of: 1 of 2 hold
        + status = 404 ["404"]: the numbers are equal
        - status > 499 ["404"]: the number is not > 499
      + bytes != 1 ["x"]: the field is not a number"
  `);
  expect(explain('[a, b = 1, ...]', 'x')).toMatchInlineSnapshot(`
    "- all of: 0 of 3 hold
      - a: the pattern needs 2 fields, the message has 1
      - b: the pattern needs 2 fields, the message has 1
      - ...: the pattern needs 2 fields, the message has 1"
  `);
});

test('regular expressions, the empty pattern and [] are explained', () => {
  expect(explain('%b+%', 'abc')).toMatchInlineSnapshot(`"+ %b+%: the expression is found"`);
  expect(explain('', 'abc')).toMatchInlineSnapshot(`"+ : the empty pattern matches every event"`);
  expect(explain('[]', 'abc')).toMatchInlineSnapshot(`"+ []: it matches every event"`);
});

test('what is seen is shortened, and cannot steer a terminal', () => {
  const value = `\u001b[31m\u202e${'x'.repeat(200)}`;
  const [comparison] = explainPattern(parsePattern('{ $.a = y }'), JSON.stringify({ a: value })).seen;
  expect(comparison).toBe(`"\\u001b[31m\\u202e${'x'.repeat(73)}…"`);
  expect(explainPattern(parsePattern('{ $.a = y }'), `{"a":[${'[],'.repeat(99)}[]]}`).seen).toEqual([
    'an array of 100',
  ]);
});

test('parts point into the pattern', () => {
  const text = '{ $.a = 1 && ($.b = 2 || $.c NOT EXISTS) }';
  const texts: string[] = [];
  const collect = (part: Explanation): void => {
    texts.push(text.slice(part.offset, part.offset + part.length));
    part.children.forEach(collect);
  };
  collect(explainPattern(parsePattern(text), '{}'));
  expect(texts).toEqual([
    '$.a = 1 && ($.b = 2 || $.c NOT EXISTS',
    '$.a = 1',
    '$.b = 2 || $.c NOT EXISTS',
    '$.b = 2',
    '$.c NOT EXISTS',
  ]);
});
