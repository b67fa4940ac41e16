/** What the pre-filter keeps out, no rule matches: on generated rules and events, on the packs, and on collected events. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern, evaluatePattern, parsePattern } from '../pattern/index.ts';
import { message } from '../pattern/test/arbitrary-messages.ts';
import { patternText } from '../pattern/test/arbitrary-patterns.ts';
import { loadRules } from '../rule/index.ts';
import { preFilterFor, type PreFilterOptions } from './index.ts';
import { ordinaryNames } from './share.ts';

/** The generated language has short names; these are the fields that the filter knows. */
const FIELDS = { a: 'eventName', b: 'errorCode', c: 'userIdentity' };
const inTrail = (text: string, quote: string) =>
  Object.entries(FIELDS).reduce(
    (renamed, [short, name]) => renamed.replaceAll(quote.replace('_', short), quote.replace('_', name)),
    text,
  );

const trailPattern = patternText.filter((text) => text.includes('{')).map((text) => inTrail(text, '$._'));
const trailMessage = message.map((text) => inTrail(text, '"_":'));

const matches = (pattern: string, text: string) => evaluatePattern(parsePattern(pattern), text) !== undefined;

/** Throws where the filter keeps out what a rule matches; returns whether it let the message through. */
function check(patterns: readonly string[], text: string, options: PreFilterOptions = {}): boolean {
  const { pattern } = preFilterFor(
    patterns.map((filterPattern, index) => ({ name: `rule-${index}`, filterPattern })),
    options,
  );
  const filter = parsePattern(pattern, { limits: 'cloudwatch' });
  const isThrough = evaluatePattern(filter, text) !== undefined;
  if (!isThrough && patterns.some((rule) => matches(rule, text))) {
    throw new Error(`${pattern} keeps out ${text}, which one of ${JSON.stringify(patterns)} matches`);
  }
  return isThrough;
}

const OWN_ROLES = {
  arns: ['arn:aws:iam::111122223333:role/trailbell/matcher', 'arn:aws:iam::111122223333:role/reconciler'],
};

test('no message that a generated rule matches is kept out', () => {
  fc.assert(
    fc.property(
      fc.array(trailPattern, { minLength: 1, maxLength: 2 }),
      fc.array(trailMessage, { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      (patterns, messages, hasRoles) => {
        for (const each of messages) {
          check(patterns, each, hasRoles ? { ownRoles: OWN_ROLES } : {});
        }
      },
    ),
    { numRuns: 700 },
  );
});

const value = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'x',
      'xy',
      'X',
      '1',
      '1.0',
      '10000000.0',
      '1.0E7',
      'Infinity',
      '10.0.0.1',
      '',
      'é',
      '"',
      '*',
      'x*y',
      'true',
    ),
  },
  fc.constantFrom<unknown>(1, 10, 1e7, 1.5e7, 1e-4, 1e300, true, false, null, [], ['x'], [null], {}, { a: 'x' }),
);
const literal = fc.constantFrom(
  ...[
    'x',
    '"x"',
    'x*',
    '"*x"',
    '*',
    '"*x*"',
    '1',
    '"1"',
    '1.0',
    '"1.0"',
    '"1.0*"',
    '"*E7"',
    '1e7',
    '"10000000.0"',
    '"10.*"',
    '"10.0.*"',
    '"Inf*"',
  ],
  ...['"é"', '"x*y"', String.raw`"\""`, '"true"', '%x%', '%^x$%', '%x|1%', '%x[y1]%', '%^1%', '%.%', '%x?y%', '%0$%'],
);
const selector = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('$.eventName', '$.errorCode', '$.a.b', '$.a') },
  fc.constantFrom("$.['a'].b", '$.a[0]', '$.a[*]', '$.*'),
);
const comparison = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(selector, fc.constantFrom('=', '!='), literal).map((parts) => parts.join(' ')) },
  fc.tuple(selector, fc.constantFrom('<', '>='), fc.constantFrom('1', '10.0', '1e7')).map((parts) => parts.join(' ')),
  fc.tuple(selector, fc.constantFrom('IS NULL', 'IS TRUE', 'IS FALSE', 'NOT EXISTS')).map((parts) => parts.join(' ')),
);
const condition = fc
  .array(fc.tuple(comparison, fc.constantFrom('&&', '||'), fc.boolean()), { minLength: 1, maxLength: 5 })
  .map((parts) => {
    const text = parts.map(([each, operator], index) => (index === 0 ? each : `${operator} ${each}`)).join(' ');
    return parts[0]?.[2] === true ? `(${text}) && ${parts.map(([each]) => each).join(' || ')}` : text;
  });
const event = fc
  .record({ eventName: value, errorCode: value, a: fc.oneof(value, fc.record({ b: value })) }, { requiredKeys: [] })
  .map((each) => JSON.stringify(each));

test('whatever is compared with whatever, and however it is spelled', () => {
  let [passed, keptOut] = [0, 0];
  fc.assert(
    fc.property(
      fc.array(
        condition.map((text) => `{ ${text} }`),
        { minLength: 1, maxLength: 3 },
      ),
      fc.array(event, { minLength: 6, maxLength: 6 }),
      (patterns, events) => {
        for (const each of events) {
          if (check(patterns, each)) passed += 1;
          else keptOut += 1;
        }
      },
    ),
    { numRuns: 800 },
  );
  expect(Math.min(passed, keptOut)).toBeGreaterThan(500);
});

const word = fc.constantFrom(
  'Create',
  'Delete',
  'Get',
  'List',
  'Put',
  'Policy',
  'Role',
  'User',
  'Trail',
  'Key',
  'V',
  '2',
);
const eventName = fc.oneof(
  { weight: 3, arbitrary: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('')) },
  fc.constantFrom(...ordinaryNames().map(({ name }) => name)),
);

test('many rules, whose names must be cut short to fit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(eventName, fc.constantFrom('', '*')), { minLength: 40, maxLength: 150 }),
      fc.boolean(),
      (all, allowsRegex) => {
        const rules = all.map(([name, star], index) => ({
          name: `rule-${index}`,
          filterPattern: `{ $.eventName = "${name}${star}" && $.errorCode NOT EXISTS }`,
        }));
        const { pattern } = preFilterFor(rules, { allowsRegex });
        const filter = parsePattern(pattern, { limits: 'cloudwatch' });
        for (const [name, star] of all) {
          const text = JSON.stringify({ eventName: star === '' ? name : `${name}More` });
          expect(evaluatePattern(filter, text), `${pattern} of ${text}`).toBeDefined();
        }
      },
    ),
    { numRuns: 40 },
  );
});

const ROOT = resolve(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { rules } = loadRules(
  readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('own'))
    .toSorted()
    .map((path) => ({ path: join('rules', path), text: read(join('rules', path)) })),
  { readFile: (path) => (existsSync(join(ROOT, path)) ? read(path) : undefined) },
);
/** CIS 1.4 spells one control so that every call matches it; with such a rule nothing can be kept out. */
const filterable = rules.filter((rule) => preFilterFor([rule]).pattern !== '');
const packs = preFilterFor(filterable);
const rulePatterns = filterable.map(({ filterPattern }) => compilePattern(parsePattern(filterPattern)));
const packsFilter = compilePattern(parsePattern(packs.pattern, { limits: 'cloudwatch' }));

function isKeptOut(text: string): boolean {
  return !packsFilter.matches(text) && rulePatterns.some((rule) => rule.matches(text));
}

test('the packs have a filter', () => {
  expect(packs.unfilteredBy).toEqual([]);
  expect(packs.pattern.length).toBeGreaterThan(500);
  expect(packs.estimatedShare).toBeLessThan(0.5);
  expect(rules.length - filterable.length).toBeLessThan(3);
});

test('no example of the packs is kept out, nor what becomes of it when fields change places', () => {
  const examples = rules
    .flatMap(({ examples: { matches: events, ignores } }) => [...events, ...ignores])
    .map(({ event: each }) => each as Readonly<Record<string, unknown>>);
  expect(examples.map((each) => JSON.stringify(each)).filter(isKeptOut)).toEqual([]);
  const random = seeded(7);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  let matched = 0;
  for (let round = 0; round < 6000; round++) {
    const mutated: Record<string, unknown> = { ...pick(examples) };
    for (let change = 0; change <= round % 3; change++) {
      const name =
        pick([
          'eventName',
          'eventSource',
          'errorCode',
          'userIdentity',
          'requestParameters',
          'readOnly',
          'sourceIPAddress',
        ]) ?? '';
      const other = pick(examples)?.[name];
      mutated[name] = other;
    }
    const text = JSON.stringify(mutated);
    if (isKeptOut(text)) throw new Error(`kept out: ${text}`);
    if (packsFilter.matches(text)) matched += 1;
  }
  expect(matched).toBeGreaterThan(500);
});

const collected = new URL('../../../../../shared/corpus/events.jsonl.gz', import.meta.url);

test.runIf(existsSync(collected))(
  'no collected event that a rule of the packs matches is kept out, and most others are',
  () => {
    const texts = gunzipSync(readFileSync(collected))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.stringify((JSON.parse(line) as { readonly event: unknown }).event));
    expect(texts.filter(isKeptOut)).toEqual([]);
    const needed = texts.filter((text) => rulePatterns.some((rule) => rule.matches(text))).length;
    const through = texts.filter((text) => packsFilter.matches(text)).length;
    console.log(
      `pre-filter of ${filterable.length} rules: ${through} of ${texts.length} collected events pass; ${needed} match a rule`,
    );
    expect(through).toBeLessThan(texts.length * 0.75);
  },
);

if (!existsSync(collected)) console.log(`skipped: ${collected.pathname} is not here`);

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
