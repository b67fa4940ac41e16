/** Generated conditions over few fields and values, so that their comparisons meet; and events built from what a condition asks for. */
import fc from 'fast-check';
import { comparisonsOf, parsePattern, type JsonComparison, type SelectorStep } from '../../../pattern/index.ts';

const SELECTORS = ['$.a', '$.a', '$.b', '$.a.b', '$.a[0]', '$.a[*]', '$.a[*].b', '$.a.*'] as const;
const TEXTS = [
  'x',
  'xy',
  '"x*"',
  '"xy*"',
  '"*y"',
  '"*x*"',
  '"*xy*"',
  '*',
  '1',
  '1.0',
  '"1"',
  '"1.0"',
  '"1*"',
  '2',
  '%^$%',
] as const;
const REGEXES = ['%x%', '%^x%', '%^xy$%', '%\\d%', '%y$%'] as const;

const comparison = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('=', '=', '!='), fc.constantFrom(...TEXTS, ...REGEXES)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.constantFrom('1', '1.0', '2')) },
  { weight: 2, arbitrary: fc.constantFrom('IS NULL', 'IS TRUE', 'IS FALSE', 'NOT EXISTS').map((text) => [text]) },
);

const clause = fc
  .tuple(fc.constantFrom(...SELECTORS), comparison)
  .map(([selector, test]) => [selector, ...test].join(' '));

const { condition } = fc.letrec<{ condition: string; unit: string }>((tie) => ({
  unit: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: clause },
    tie('condition').map((inner) => `(${inner})`),
  ),
  condition: fc
    .tuple(tie('unit'), fc.array(fc.tuple(fc.constantFrom('&&', '&&', '||'), tie('unit')), { maxLength: 3 }))
    .map(([first, rest]) => [first, ...rest.flat()].join(' ')),
}));

/** A JSON pattern of comparisons that often contradict or imply each other. */
export const fewFieldsCondition = condition.map((text) => `{ ${text} }`);

const SPELLED_VALUES = [
  ...['"x"', '"xy"', '"xxy"', '"y"', '"1"', '"1.0"', '""', '"z"', '1', '1.0', '1e0', '2', '0', '-0.0', '1e309', '3.5'],
  ...[
    'true',
    'false',
    'null',
    '[]',
    '{}',
    '[null]',
    '["x"]',
    '["x","y"]',
    '{"b":"x"}',
    '[{"b":"x"},{"b":1}]',
    '{"b":null}',
  ],
];

/** An event in which each field that the condition names is missing, or holds a value that the condition is about, or another. */
export function eventFor(text: string): fc.Arbitrary<string> {
  const pattern = parsePattern(text);
  const comparisons = pattern.kind === 'json' ? [...comparisonsOf(pattern.condition)] : [];
  const fields = comparisons.map((asked) => fc.option(valueFor(asked), { freq: 4 }).map((value) => ({ asked, value })));
  return fc.tuple(...fields).map((chosen) => {
    const root: Node = { kind: 'map', entries: new Map() };
    for (const { asked, value } of chosen) if (value !== null) put(root, asked.selector.steps, value);
    return spell(root);
  });
}

function valueFor(asked: JsonComparison): fc.Arbitrary<string> {
  const any = fc.constantFrom(...SPELLED_VALUES);
  if (asked.kind === 'is') return fc.oneof(fc.constant(asked.constant.toLowerCase()), any);
  if (asked.kind === 'not-exists' || asked.test.literal.kind === 'regex') return any;
  const { literal } = asked.test;
  const spellings = [
    JSON.stringify(literal.text),
    JSON.stringify(`${literal.text}y`),
    JSON.stringify(`x${literal.text}`),
  ];
  return fc.oneof(fc.constantFrom(...spellings, ...(literal.kind === 'number' ? [literal.text] : [])), any);
}

type Node =
  | { readonly kind: 'map'; readonly entries: Map<string, Node> }
  | { readonly kind: 'list'; readonly elements: Node[] }
  | { readonly kind: 'value'; readonly spelled: string };

/** Puts a value where the steps lead, as far as what is there already lets them. */
function put(node: Node, steps: readonly SelectorStep[], spelled: string): void {
  const [step, ...rest] = steps;
  if (step === undefined || node.kind === 'value') return;
  if (node.kind === 'map') {
    const name = step.kind === 'property' ? step.name : 'b';
    const next = node.entries.get(name) ?? created(rest, spelled);
    node.entries.set(name, next);
    put(next, rest, spelled);
    return;
  }
  const next = created(rest, spelled);
  node.elements.push(next);
  put(next, rest, spelled);
}

function created([next]: readonly SelectorStep[], spelled: string): Node {
  if (next === undefined) return { kind: 'value', spelled };
  return next.kind === 'property' ? { kind: 'map', entries: new Map() } : { kind: 'list', elements: [] };
}

function spell(node: Node): string {
  if (node.kind === 'value') return node.spelled;
  if (node.kind === 'list') return `[${node.elements.map(spell).join(',')}]`;
  return `{${[...node.entries].map(([name, value]) => `${JSON.stringify(name)}:${spell(value)}`).join(',')}}`;
}
