/** Generated log messages, hostile ones among them. */
import fc from 'fast-check';
import { NAMES, ODD_NAMES, TEXTS, number } from './vocabulary.ts';

const jsonString = fc
  .oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 4 }))
  .chain((text) => fc.constantFrom(JSON.stringify(text), escapeAll(text)));

function escapeAll(text: string): string {
  const units = text.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${units.join('')}"`;
}

/** A number as JSON may spell it. */
const jsonNumber = number.filter((text) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text));

const { json } = fc.letrec<{ json: string; object: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: jsonString },
    { weight: 3, arbitrary: jsonNumber },
    fc.constantFrom('true', 'false', 'null'),
    fc.array(tie('json'), { maxLength: 3 }).map((elements) => `[${elements.join(' , ')}]`),
    tie('object'),
  ),
  object: jsonObject(tie('json')),
}));

/** Keys may repeat: they are written down as they come. */
function jsonObject(element: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const key = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...NAMES).map((name) => JSON.stringify(name)) },
    fc.constantFrom(...NAMES, ...ODD_NAMES).map(escapeAll),
  );
  return fc
    .array(fc.tuple(key, element), { maxLength: 5 })
    .map((entries) => `{${entries.map(([name, text]) => `${name}:${text}`).join(',')}}`);
}

const deepJson = fc
  .tuple(fc.constantFrom('{"a":', '[', '{"b":1,"a":'), fc.integer({ min: 1000, max: 20_000 }))
  .map(([open, depth]) => `{"a":${open.repeat(depth)}1.0${(open === '[' ? ']' : '}').repeat(depth)}}`);

const longText = fc
  .tuple(fc.constantFrom('x', '1', ' ', '[', '"', '[ ', '" ', 'xy ', '\\\\'), fc.integer({ min: 1000, max: 50_000 }))
  .chain(([part, times]) =>
    fc.constantFrom(part.repeat(times), `{"a":"${part.replace('"', '')}${part.replace('"', '').repeat(times)}"}`),
  );

const line = fc
  .array(fc.oneof(number, fc.constantFrom(...TEXTS, '"x y"', '[x y]', '""', '"x"y', '[x')), { maxLength: 6 })
  .chain((fields) => fc.constantFrom(fields.join(' '), `${fields.join('  ')} `, fields.join('\t')));

/** Log messages: JSON of all sorts, lines, and things that are neither. */
export const message = fc.oneof(
  { weight: 20, arbitrary: jsonObject(json) },
  { weight: 8, arbitrary: line },
  { weight: 2, arbitrary: json },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: jsonObject(json).map((text) => `${text} x`) },
  { weight: 1, arbitrary: fc.oneof(deepJson, longText) },
);
