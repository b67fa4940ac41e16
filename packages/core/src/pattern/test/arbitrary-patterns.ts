/** Generated patterns. */
import fc from 'fast-check';
import type { Pattern } from '../ast.ts';
import { NAMES, ODD_NAMES, TEXTS, WORDS, number } from './vocabulary.ts';

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

/** A tree without the places where its parts stand. */
export function withoutSpans(pattern: Pattern): unknown {
  return JSON.parse(JSON.stringify(pattern, (key, part: unknown) => (key === 'span' ? undefined : part)));
}
