import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonPrefix } from './json-prefix.ts';

/** How many lines are taken, and whether the document is complete after them. */
function take(text: string): { readonly lines: number; readonly isComplete: boolean } {
  const prefix = new JsonPrefix();
  let lines = 0;
  for (const line of text.split('\n')) {
    if (!prefix.add(line)) break;
    lines += 1;
  }
  return { lines, isComplete: prefix.isComplete };
}

test('every JSON document is taken line by line, and is complete after the last and not before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(' ', '\t', '   '), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const lines = text.split('\n');
      expect(take(text)).toEqual({ lines: lines.length, isComplete: true });
      if (lines.length > 1) expect(take(lines.slice(0, -1).join('\n')).isComplete).toBe(false);
    }),
  );
});

test('whatever is taken whole and is complete is JSON, numbers apart', () => {
  const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'true', 'null', ' ', '\n', 'x');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const { lines, isComplete } = take(text);
      if (isComplete && lines === text.split('\n').length) expect(() => JSON.parse(text) as unknown).not.toThrow();
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['[ERROR] text', 0],
  ['{broken', 0],
  ['{"a": "not closed', 0],
  ['{\n"a" 1', 1],
  ['{"a": [\n{"b": 1}\n{"c": 2}', 2],
  ['[1]\n]', 1],
  ['{"a": 1]', 0],
  ['[1, ]', 0],
  ['{} {}', 0],
])('of %j no more than %i lines are taken', (text, lines) => {
  expect(take(text).lines).toBe(lines);
});
