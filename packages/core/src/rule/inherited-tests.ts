import type { ExtensionData } from './extension-schema.ts';
import type { LoadedRule, Origin } from './loaded-rule.ts';
import type { RuleEvents } from './parse-rule.ts';
import type { Rule } from './rule.ts';
import type { ValuePath } from './yaml-source.ts';

/** What decides which single record counts: where it changes, the base's examples say nothing about the result. */
const SELECTING = ['filterPattern', 'during', 'notDuring'];
/** What decides, besides, when the alarm goes off: where it changes, the base's timelines say nothing. */
const TIMING = [...SELECTING, 'groupBy', 'groupLimit', 'metricValue', 'defaultValue', 'alarm'];

export type RuleTests = Pick<Rule, 'examples' | 'timelines'>;

type Placed<Test> = readonly (Test & { readonly origin: Origin })[];

/**
 * The tests of a rule that changes another: the base's, as far as they are still about it and no test of the same name takes their
 * place, and then its own. A name may move from `matches` to `ignores`, or back.
 */
export function inheritedTests(
  base: LoadedRule,
  own: ExtensionData,
  events: RuleEvents,
): { readonly tests: RuleTests; readonly originOf: (path: ValuePath) => Origin | undefined } {
  const changes = (fields: readonly string[]) => fields.some((field) => Object.hasOwn(own, field));
  const { matches = [], ignores = [] } = own.examples ?? {};
  const renewed = [...matches, ...ignores].map(({ name }) => name);
  const examplesOf = (list: 'matches' | 'ignores') => {
    const inherited = changes(SELECTING) ? [] : place(base.examples[list], 'base', ['examples', list]);
    const added = (own.examples?.[list] ?? []).map((example, i) => events.example(example, ['examples', list, i]));
    return join(inherited, renewed, place(added, 'own', ['examples', list]));
  };
  const timelinesOf = () => {
    const inherited = changes(TIMING) ? [] : place(base.timelines, 'base', ['timelines']);
    const added = (own.timelines ?? []).map((timeline, i) => events.timeline(timeline, ['timelines', i]));
    return join(
      inherited,
      added.map(({ name }) => name),
      place(added, 'own', ['timelines']),
    );
  };
  const placed = { matches: examplesOf('matches'), ignores: examplesOf('ignores'), timelines: timelinesOf() };
  return {
    tests: {
      examples: { matches: placed.matches.map(unplaced), ignores: placed.ignores.map(unplaced) },
      timelines: placed.timelines.map(unplaced),
    },
    originOf(path) {
      const [field, second, third] = path;
      if (field === 'timelines') return below(placed.timelines[Number(second)]?.origin, path.slice(2));
      if (field !== 'examples' || (second !== 'matches' && second !== 'ignores')) return undefined;
      return below(placed[second][Number(third)]?.origin, path.slice(3));
    },
  };
}

function place<Test>(tests: readonly Test[], from: Origin['from'], path: ValuePath): Placed<Test> {
  return tests.map((test, index) => ({ ...test, origin: { from, path: [...path, index] } }));
}

function unplaced<Test extends { readonly origin: Origin }>({ origin: _, ...test }: Test): Omit<Test, 'origin'> {
  return test;
}

function join<Test extends { readonly name?: string }>(
  inherited: Placed<Test>,
  renewed: readonly (string | undefined)[],
  added: Placed<Test>,
): Placed<Test> {
  return [...inherited.filter(({ name }) => name === undefined || !renewed.includes(name)), ...added];
}

function below(origin: Origin | undefined, path: ValuePath): Origin | undefined {
  return origin && { ...origin, path: [...origin.path, ...path] };
}
