import type { CompiledSilence, Silence } from './silence.ts';

/** What the Lambda needs of the silences, as plain JSON; without those that are over at the time of the deploy. */
export function compileSilences(silences: readonly Silence[], deployedAtMs: number): readonly CompiledSilence[] {
  return silences
    .filter(({ untilMs }) => untilMs > deployedAtMs)
    .map(({ name, rules, severities, accounts, groups, fromMs, untilMs, windows }) => ({
      name,
      ...(rules && { rules }),
      ...(severities && { severities }),
      ...(accounts && { accounts }),
      ...(groups && { groups }),
      fromMs,
      untilMs,
      ...(windows && { windows }),
    }));
}
