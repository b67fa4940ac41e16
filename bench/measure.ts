/** A thing to be timed, in parts of about a millisecond each. */
export interface Case {
  readonly name: string;
  /** How many events all parts handle: times are given for one. */
  readonly eventCount: number;
  readonly parts: readonly (() => unknown)[];
}

const WARM_UP_ROUNDS = 3;

/**
 * Nanoseconds an event, by name. The cases take turns within one process, in an order that is turned round each time; each part's
 * median over the rounds is taken, and the parts' medians are added up. So a neighbour on the machine, who holds a part up now and
 * then, hardly shows.
 */
export function measure(cases: readonly Case[], rounds: number): ReadonlyMap<string, number> {
  const times = new Map(cases.map(({ name, parts }) => [name, parts.map((): number[] => [])]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { name, parts } of round % 2 === 0 ? cases : cases.toReversed()) {
      for (const [index, part] of parts.entries()) {
        const start = process.hrtime.bigint();
        part();
        const ns = Number(process.hrtime.bigint() - start);
        if (round >= 0) times.get(name)?.[index]?.push(ns);
      }
    }
  }
  return new Map(
    cases.map(({ name, eventCount }) => {
      const parts = times.get(name) ?? [];
      return [name, parts.reduce((sum, values) => sum + median(values), 0) / eventCount];
    }),
  );
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
