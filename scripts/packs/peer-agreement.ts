import { compilePattern, parseEvent, parsePattern } from '@trailbell/core/pattern';
import type { Rule } from '@trailbell/core/rule';

/** A test of another project: whether its rule should ring for an event. */
export interface PeerTest {
  readonly peer: string;
  readonly rule: string;
  readonly event: unknown;
  readonly expected: boolean;
}

/** How our rules stand to one rule of a peer, and to each of its tests. */
export interface PeerAgreement {
  readonly peer: string;
  readonly rule: string;
  /** Our rules that come closest to the peer's: for each event that should ring, the one that rings least for those that should not. */
  readonly ourRules: readonly string[];
  readonly tests: readonly { readonly expected: boolean; readonly agrees: boolean }[];
}

/**
 * Compares our rules with the tests of peers. We agree with a test that expects an alarm if any of our rules counts its event, and
 * with one that expects none if none of the rules that come closest to the peer's does. Thresholds of either side are left out:
 * a single event is what the tests have.
 */
export function peerAgreement(rules: readonly Rule[], tests: readonly PeerTest[]): readonly PeerAgreement[] {
  const patterns = rules.map(({ name, filterPattern }) => ({
    name,
    pattern: compilePattern(parsePattern(filterPattern)),
  }));
  const namesOf = ({ event }: PeerTest) => {
    const parsed = parseEvent(JSON.stringify(event));
    return patterns.filter(({ pattern }) => pattern.matchesEvent(parsed)).map(({ name }) => name);
  };
  const groups = Map.groupBy(tests, ({ peer, rule }) => `${peer}\n${rule}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const judged = group.map((peerTest) => ({ expected: peerTest.expected, counting: namesOf(peerTest) }));
    const timesWhere = (expected: boolean, name: string) =>
      judged.filter((test) => test.expected === expected && test.counting.includes(name)).length;
    const closest = ({ counting }: { readonly counting: readonly string[] }) =>
      counting
        .toSorted(
          (one, other) =>
            timesWhere(false, one) - timesWhere(false, other) ||
            timesWhere(true, other) - timesWhere(true, one) ||
            (one < other ? -1 : 1),
        )
        .slice(0, 1);
    const ourRules = [...new Set(judged.filter(({ expected }) => expected).flatMap(closest))];
    return [
      {
        peer: first.peer,
        rule: first.rule,
        ourRules,
        tests: judged.map(({ expected, counting }) => ({
          expected,
          agrees: expected ? counting.length > 0 : !counting.some((name) => ourRules.includes(name)),
        })),
      },
    ];
  });
}
