import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluatePattern, parsePattern } from '../pattern/index.ts';
import { expandValues } from './expand-values.ts';

const SHARED = {
  values: new Map([
    ['accounts', ['111122223333', '444455556666']],
    ['one', ['a"b\\c']],
    ['nets', ['10.0.0.0/8', '192.0.2.7']],
    ['names', ['*-prod', '%^x[0-9]+$%']],
  ]),
  broken: new Set(['torn']),
};

test.each([
  ['{ $.a = @accounts }', '{ ($.a = "111122223333" || $.a = "444455556666") }'],
  ['{ $.a != @accounts }', '{ ($.a != "111122223333" && $.a != "444455556666") }'],
  ['{$.a=@one}', '{$.a = "a\\"b\\\\c"}'],
  ["{ $.a['x.y'][0].*\n!= @one && $.b = 1 }", '{ $.a[\'x.y\'][0].* != "a\\"b\\\\c" && $.b = 1 }'],
  ['{ $.ip = @nets }', '{ ($.ip = "10.*" || $.ip = "192.0.2.7") }'],
  ['{ ($.n = @names) }', '{ (($.n = "*-prod" || $.n = %^x[0-9]+$%)) }'],
  ['{ $.a = "$.b = @accounts" && $.c = %$.b = @accounts% }', '{ $.a = "$.b = @accounts" && $.c = %$.b = @accounts% }'],
  [`{ $.['$.b = @one'] = 1 }`, `{ $.['$.b = @one'] = 1 }`],
  ['ana@example.com', 'ana@example.com'],
  ['[ip, user = @accounts]', '[ip, user = @accounts]'],
])('%j becomes %j', (written, text) => {
  expect(expandValues(written, SHARED)).toMatchObject({ text, refusals: [] });
});

test.each([
  ['{ $.a = @acounts }', 8, 'unknown-shared-value', 'did you mean @accounts?'],
  ['{ $.a = 1 && $.b != @zzzzzzzz }', 20, 'unknown-shared-value', 'expected accounts, one, nets or names'],
  ['{ $.a > @accounts }', 8, 'shared-value-operator', 'a list is compared with = (one of them) or != (none of them)'],
  ['{ $.a = @torn }', 8, 'unknown-shared-value', undefined],
])('%j is refused at unit %i', (written, textOffset, code, hint) => {
  expect(expandValues(written, SHARED).refusals).toEqual([
    { code, textOffset, message: expect.any(String) as string, ...(hint !== undefined && { hint }) },
  ]);
});

test('a unit of the result is known by where it was written', () => {
  const written = '{ $.a = @accounts && $.b = @one && $.c = 1 }';
  const { text, writtenOffset } = expandValues(written, SHARED);
  for (const part of ['&& $.c', '1 }', '{ ', '&& $.b']) {
    expect(writtenOffset(text.indexOf(part))).toBe(written.indexOf(part));
  }
  expect(writtenOffset(text.indexOf('444455556666'))).toBe(written.indexOf('$.a'));
  expect(writtenOffset(text.indexOf('a\\"b'))).toBe(written.indexOf('$.b'));
});

test('= is one of the list and != is none of it, and both ask that there is a value', () => {
  const text = fc.stringMatching(/^[a-z0-9"\\@%$.]{1,4}$/).filter((value) => !/^%.+%$/s.test(value));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.option(text), (list, value) => {
      const shared = { values: new Map([['list', list]]), broken: new Set<string>() };
      const message = JSON.stringify(value === null ? {} : { a: value });
      const holds = (pattern: string) =>
        evaluatePattern(parsePattern(expandValues(pattern, shared).text), message) !== undefined;
      expect(holds('{ $.a = @list }')).toBe(value !== null && list.includes(value));
      expect(holds('{ $.a != @list }')).toBe(value !== null && !list.includes(value));
    }),
  );
});

test('a pattern of many quotes is read in one pass', () => {
  const { text } = expandValues(`{ $.a = ${'"\\"'.repeat(50_000)} @`, SHARED);
  expect(text).toHaveLength(150_010);
});
