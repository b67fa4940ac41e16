import { closestWord } from './closest-word.ts';
import { oneOf, quote } from './describe-value.ts';
import type { Problem } from './problem.ts';
import type { NamedTimeInterval } from './rule.ts';
import type { SharedDefinitions } from './shared-definitions.ts';
import type { YamlSource } from './yaml-source.ts';

type Names = Readonly<Partial<Record<'during' | 'notDuring', readonly string[] | undefined>>>;

export interface TimeConditions {
  readonly during?: readonly NamedTimeInterval[];
  readonly notDuring?: readonly NamedTimeInterval[];
}

/** The intervals behind the names that a rule gives. */
export function namedIntervals(
  { during, notDuring }: Names,
  { timeIntervals, broken }: SharedDefinitions,
  source: YamlSource,
): { readonly conditions: TimeConditions; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const find = (names: readonly string[], field: 'during' | 'notDuring') =>
    names.flatMap((name, index) => {
      const interval = timeIntervals.get(name);
      if (interval !== undefined) return [{ name, interval }];
      const unusable = broken.has(name) ? brokenInterval(name) : unknownInterval(name, [...timeIntervals.keys()]);
      const position = source.positionOf([field, index]);
      problems.push({ file: source.file, ...position, ...unusable });
      return [];
    });
  const conditions = {
    ...(during && { during: find(during, 'during') }),
    ...(notDuring && { notDuring: find(notDuring, 'notDuring') }),
  };
  return { conditions, problems };
}

function brokenInterval(name: string): Pick<Problem, 'code' | 'message'> {
  return { code: 'unknown-time-interval', message: `the time interval ${quote(name)} has a problem of its own` };
}

function unknownInterval(name: string, known: readonly string[]): Pick<Problem, 'code' | 'message' | 'hint'> {
  const close = closestWord(name, known);
  const names =
    known.length === 0 ? 'no rule file defines any under timeIntervals' : `expected ${oneOf(known.slice(0, 10))}`;
  return {
    code: 'unknown-time-interval',
    message: `there is no time interval ${quote(name)}`,
    hint: close === undefined ? names : `did you mean ${close}?`,
  };
}
