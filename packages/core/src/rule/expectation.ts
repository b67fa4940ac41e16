const DAYS = { day: 1, week: 7, month: 30 } as const;

/** What `expect` may say: `at most 2 incidents a week`. */
export const EXPECTATION_PATTERN = /^at most (?<limit>\d{1,6}) incidents? (?:a|per) (?<unit>day|week|month)$/;

/** How often a rule may page. */
export interface Expectation {
  readonly maxIncidents: number;
  /** In any stretch of so many milliseconds; a month has 30 days. */
  readonly withinMs: number;
}

/** Undefined where the text is no expectation. */
export function parseExpectation(text: string): Expectation | undefined {
  const { limit, unit } = EXPECTATION_PATTERN.exec(text)?.groups ?? {};
  if (limit === undefined || (unit !== 'day' && unit !== 'week' && unit !== 'month')) return undefined;
  return { maxIncidents: Number(limit), withinMs: DAYS[unit] * 86_400_000 };
}

/** The most incidents that opened within any stretch of so many milliseconds. */
export function mostWithin(openedMs: readonly number[], withinMs: number): number {
  const inOrder = openedMs.toSorted((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [index, atMs] of inOrder.entries()) {
    while (atMs - (inOrder[first] ?? atMs) >= withinMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
