import fc from 'fast-check';
import { Document, isMap, parseDocument, Scalar } from 'yaml';
import { expect, test } from 'vitest';
import { scalarOffsets } from './scalar-offsets.ts';

/** The scalar at the key `a` of a YAML text, and where its units stand. */
function trace(text: string) {
  const document = parseDocument(text, { keepSourceTokens: true });
  expect(document.errors).toEqual([]);
  const scalar: unknown = isMap(document.contents) ? document.contents.get('a', true) : undefined;
  if (!(scalar instanceof Scalar)) throw new Error(`no scalar at the key a in ${text}`);
  const value: unknown = scalar.value;
  return { value, offsets: scalarOffsets(scalar, text) };
}

/** For each unit that is itself in the source, the source must have it at its offset. */
function expectExact(text: string): void {
  const { value, offsets } = trace(text);
  if (typeof value !== 'string' || offsets === undefined) throw new Error(`not traced: ${JSON.stringify(text)}`);
  expect(offsets).toHaveLength(value.length + 1);
  for (const [i, offset] of offsets.entries()) {
    const unit = value[i];
    if (i > 0) expect(offset).toBeGreaterThanOrEqual(offsets[i - 1] ?? 0);
    if (unit !== undefined && /[!-~]/.test(unit) && text[offset] !== '\\') expect(text[offset]).toBe(unit);
  }
}

test.each([
  ['plain', 'a: one two # three\n'],
  ['plain over lines', 'a: one\n  two\n\n  three\n'],
  ['plain over lines with blanks around the breaks', 'a: one \t\n \t two   \n   \n\n   three\n'],
  ['single quotes', "a: 'it''s ''fine'''\n"],
  ['single quotes over lines', "a: 'one\n  two\n\n\n  it''s'\n"],
  ['single quotes that begin and end with a line break', "a: '\n  one\n  '\n"],
  ['double quotes', 'a: "one two"\n'],
  ['double quotes with every escape', String.raw`a: "\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P\x41é\U0001F514 end"`],
  ['double quotes over lines', 'a: "one  \n  two\n\n\n   three \\\n   four\\\n five"\n'],
  ['double quotes with blanks inside', 'a: "one   two \\t three  "\n'],
  ['literal', 'a: |\n  one\n    two\n\n  three\n'],
  ['literal, stripped', 'a: |-\n  one\n  two\n\n'],
  ['literal, kept', 'a: |+\n  one\n\n\n'],
  ['literal with a comment and an indentation', 'a: |2- # comment\n    one\n  two\n'],
  ['literal that begins with empty lines', 'a: |\n\n  \n  one\n'],
  ['folded', 'a: >\n  one\n  two\n\n  three\n\n\n  four\n'],
  ['folded with more indented lines', 'a: >-\n  one\n    two\n    three\n\n  four\n  five\n'],
  ['folded that begins more indented', 'a: >2\n    one\n  two\n'],
  ['folded that begins with empty lines', 'a: >-\n\n\n  one\n\n    two\n\n\n    three\n  four\n'],
  ['folded without a last line break', 'a: >-\n  one\n  two'],
  ['literal without a last line break', 'a: |\n  one'],
])('%s: every unit is found where it stands', (_name, text) => {
  expectExact(text);
  expectExact(text.replaceAll('\n', '\r\n'));
});

test('an escape stands where its backslash stands', () => {
  const text = String.raw`a: "x\u00e9y"`;
  expect(trace(text).offsets).toEqual([4, 5, 11, 12]);
});

test('a surrogate pair from one escape stands at one place', () => {
  expect(trace(String.raw`a: "\U0001F514!"`).offsets).toEqual([4, 4, 14, 15]);
});

test('a number has no text to trace', () => {
  expect(trace('a: 12').offsets).toBeUndefined();
});

const fragment = fc.constantFrom(
  '{ $.a = "b" }',
  "it's",
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  '\\',
  '"',
  'é',
  '🔔',
  '&&',
  '#',
  ': ',
  'x',
);
const style = fc.constantFrom(
  Scalar.PLAIN,
  Scalar.QUOTE_SINGLE,
  Scalar.QUOTE_DOUBLE,
  Scalar.BLOCK_LITERAL,
  Scalar.BLOCK_FOLDED,
);

test('whatever yaml writes, in whatever style and width, is traced', () => {
  fc.assert(
    fc.property(
      fc.array(fragment, { maxLength: 20 }),
      style,
      fc.integer({ min: 10, max: 60 }),
      (fragments, type, lineWidth) => {
        const scalar = new Scalar(fragments.join(''));
        scalar.type = type;
        const text = new Document({ a: scalar }).toString({ lineWidth, minContentWidth: 5 });
        // yaml writes a tab at the start of a block scalar in a way that it does not read again.
        fc.pre(parseDocument(text).errors.length === 0);
        const { value, offsets } = trace(text);
        expect(offsets, JSON.stringify(text)).toHaveLength(String(value).length + 1);
        expectExact(text);
      },
    ),
    { numRuns: 2000 },
  );
});
