/** Generated patterns and messages, hostile ones among them. */
import fc from 'fast-check';
import type { Pattern } from '../ast.ts';
import { doubleText } from '../event/number-text.ts';

/** Few enough that patterns and events meet. */
const NAMES = ['a', 'b', 'c', '0', '__proto__', 'constructor', 'length', 'toString'] as const;
const ODD_NAMES = ['a.b', 'a b', '$', '"', '\\', '€', '😀'] as const;
const WORDS = [
  'x',
  'X',
  'xy',
  'x*',
  '*x',
  '*',
  '**',
  'a*b',
  '404',
  '4*',
  'true',
  'IS',
  '1.0.0',
  'é',
  '-',
  '.',
] as const;
const TEXTS = [
  ...WORDS,
  'x y',
  ' ',
  '"',
  '\\',
  '\\"',
  '1',
  '1.0',
  '1000.0',
  'Infinity',
  'null',
  '%',
  '\ud800',
  '😀',
] as const;
const NUMBERS = [
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '1.0',
    '1e0',
    '1e3',
    '1000',
    '0.1',
    '1e-3',
    '9e-4',
    '1e7',
    '1e22',
    '1e309',
    '-1e309',
    '1e-999',
  ],
  ...[
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '9007199254740993.0',
    '-9007199254740993',
    '404',
    '4.04e2',
  ],
  ...['0.30000000000000004', '0.3', '123456789012345678901234567890', '1e2147483647', '5e-324', '2e-324', '3e-324'],
] as const;
const REGEXES = [
  'x',
  '^x',
  'x$',
  '^$',
  '.',
  'x*y',
  '[^x]',
  '\\d+',
  '^1',
  '\\.0$',
  'x{2,3}',
  'x|1',
  '\\s',
  '^.?$',
  '[a-y]{,2}$',
] as const;

/** What the language is made of, and a few things that it is not. */
const SIGNS = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '%',
  '"',
  "'",
  '$',
  '$.',
  '.',
  ',',
  '*',
  '?',
  '-',
  '=',
  '!',
  '<',
  '>',
  '&',
  '|',
  '\\',
].concat([' ', '\n', '^', '+', 'a', '1', 'x', 'IS', 'NOT', 'é', '😀', '\ud800']);

const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((double) => (Object.is(double, -0) ? '-0.0' : String(double))),
  fc.bigInt().map(String),
);
const blank = fc.constantFrom('', ' ', '\t', '\n ', '  ');
const regex = fc.constantFrom(...REGEXES).map((source) => `%${source}%`);
const quoted = fc.constantFrom(...TEXTS).map(quote);
const value = fc.oneof(number, regex, quoted, fc.constantFrom(...WORDS));

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

const step = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => `.${name}`),
  fc.constantFrom(...NAMES, ...ODD_NAMES).map((name) => `.['${name}']`),
  fc.constantFrom('[0]', '[1]'),
);
const selector = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.array(step, { maxLength: 3 }),
    fc.option(fc.constantFrom('.*', '[*]')),
    fc.array(step, { maxLength: 2 }),
  )
  .map(([first, before, wildcard, after]) => `$.${first}${before.join('')}${wildcard ?? ''}${after.join('')}`);

const jsonComparison = fc.oneof(
  fc.tuple(selector, blank, fc.constantFrom('=', '!='), blank, value).map((parts) => parts.join('')),
  fc.tuple(selector, blank, fc.constantFrom('<', '<=', '>', '>='), blank, number).map((parts) => parts.join('')),
  fc.tuple(selector, fc.constantFrom('IS NULL', 'is true', 'IS FALSE', 'NOT EXISTS')).map((parts) => parts.join(' ')),
);

function expression(comparison: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ expression: string; unit: string }>((tie) => ({
    unit: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      comparison,
      tie('expression').map((inner) => `(${inner})`),
    ),
    expression: fc
      .tuple(
        tie('unit'),
        fc.array(fc.tuple(fc.constantFrom('&&', '||', ' && ', '\n|| '), tie('unit')), { maxLength: 3 }),
      )
      .map(([first, rest]) => first + rest.flat().join('')),
  })).expression;
}

const jsonPattern = fc
  .tuple(blank, expression(jsonComparison), blank)
  .map(([before, inner, after]) => `{${before}${inner}${after}}`);

const entry = (name: string) =>
  fc.oneof(
    fc.constantFrom(name, ` ${name} `, ''),
    expression(
      fc.oneof(
        fc.constant(name),
        fc.tuple(fc.constantFrom('=', '!='), value).map((parts) => name + parts.join('')),
        fc.tuple(fc.constantFrom(' < ', '>='), number).map((parts) => name + parts.join('')),
      ),
    ),
  );
const spacePattern = fc
  .tuple(fc.array(fc.constant(null), { maxLength: 4 }), fc.option(fc.nat({ max: 4 })))
  .chain(([slots, ellipsis]) => {
    const entries: fc.Arbitrary<string>[] = slots.map((_, index) => entry(`f${index}`));
    if (ellipsis !== null) entries.splice(Math.min(ellipsis, entries.length), 0, fc.constant('...'));
    return fc.tuple(...entries).map((texts) => `[${texts.join(',')}]`);
  });

const termsPattern = fc
  .array(fc.tuple(fc.constantFrom('', '-', '?', '- '), fc.oneof(quoted, fc.constantFrom('x', 'xy', '404', 'é'))), {
    maxLength: 5,
  })
  .map((terms) => terms.map((parts) => parts.join('')).join(' '));

/** Patterns that parse. */
export const patternText = fc.oneof(
  { weight: 6, arbitrary: jsonPattern },
  { weight: 3, arbitrary: spacePattern },
  { weight: 1, arbitrary: termsPattern },
  { weight: 1, arbitrary: regex },
);

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

/** Texts that are nearly patterns: mostly refused. */
export const nearlyPattern = fc.oneof(
  fc.string({ unit: fc.constantFrom(...SIGNS) }),
  fc
    .tuple(
      patternText,
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom('', '(', ')', '"', '%', '&&', '$.', '*', ' ', ',', '\\', 'é'),
    )
    .map(([text, at, removed, inserted]) => {
      const offset = at % (text.length + 1);
      return text.slice(0, offset) + inserted + text.slice(offset + removed);
    }),
);

/** Numbers that are close to one another, where doubles, decimals and spellings part ways: a JSON pattern and its event. */
export const closeNumbers = fc
  .tuple(
    fc.constantFrom(
      '0',
      '1',
      '404',
      '0.1',
      '0.001',
      '10000000',
      '1e22',
      '9007199254740992',
      '-9007199254740992',
      '1e308',
      '5e-324',
    ),
    fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    fc.nat({ max: 7 }),
    fc.nat({ max: 7 }),
    fc.boolean(),
  )
  .map(([base, operator, left, right, isQuoted]): [pattern: string, event: string] => {
    const literal = respell(base, left);
    const isText = isQuoted && operator.endsWith('=') && !/[<>]/.test(operator);
    return [`{ $.a ${operator} ${isText ? quote(literal) : literal} }`, `{"a":${respell(base, right)}}`];
  });

/** The number or one next to it, in one of several spellings. */
function respell(base: string, way: number): string {
  const double = Number(base);
  const ways = [
    base,
    base.includes('e') ? base.replace('e', '.0e') : base.includes('.') ? `${base}0` : `${base}.0`,
    base.includes('e') ? base : `${base}e0`,
    /^-?\d+$/.test(base) ? String(BigInt(base) + 1n) : base,
    /^-?\d+$/.test(base) ? String(BigInt(base) - 1n) : base,
    base.includes('e') ? base : `${base.includes('.') ? base : `${base}.`}00000000000000000000001`,
    doubleText(double),
    String(double),
  ];
  return ways[way] ?? base;
}

/** A tree without the places where its parts stand. */
export function withoutSpans(pattern: Pattern): unknown {
  return JSON.parse(JSON.stringify(pattern, (key, part: unknown) => (key === 'span' ? undefined : part)));
}
