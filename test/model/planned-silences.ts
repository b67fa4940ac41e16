import { MINUTE_MS, SILENCE_WATCH_MS, type Renotification } from '@trailbell/core/alarm';
import type { Evidence } from './evidence.ts';
import type { Plan } from './plan.ts';
import { indexOf, OVERLAP_MS, type RulesVersion } from './rules-versions.ts';

/** A silence of one alarm, in every version of the rules until a deploy lifts it. */
export interface PlannedSilence {
  readonly alarm: number;
  readonly fromSeconds: number;
  readonly lengthSeconds: number;
}

/** When the ALARM of a rule is told again. */
export type PlannedRepeat =
  { readonly kind: 'never' } | { readonly kind: 'every'; readonly minutes: number } | { readonly kind: 'new actor' };

/** Events are the doings of so many people, by turns. */
const ACTORS = 3;

export const actorOfEvent = (eventId: string): string => `actor ${Number(eventId.replace('event-', '')) % ACTORS}`;

export function renotificationOf(repeat: PlannedRepeat): Renotification | undefined {
  switch (repeat.kind) {
    case 'never':
      return undefined;
    case 'every':
      return { everyMs: repeat.minutes * MINUTE_MS };
    case 'new actor':
      return { actorOf: (example) => actorOfEvent(String((example as { readonly eventId?: unknown }).eventId)) };
  }
}

/** Until when the rules keep an alarm silent that is silent at a moment; undefined where it is not. */
export function silentUntilMs(rules: RulesVersion, alarm: number, startMs: number, atMs: number): number | undefined {
  if (rules.staged[alarm] === true) return Infinity;
  const ends = rules.silences
    .filter((silence) => silence.alarm === alarm)
    .map(({ fromSeconds, lengthSeconds }) => {
      const fromMs = startMs + fromSeconds * 1000;
      return { fromMs, untilMs: fromMs + lengthSeconds * 1000 };
    })
    .filter(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs)
    .map(({ untilMs }) => untilMs);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** Whether some process, with whatever clock and rules, may take the alarm for silent between two moments of true time. */
export function mayBeSilent({ plan, history, identity }: Evidence, fromMs: number, toMs: number): boolean {
  const alarm = indexOf(identity);
  const skewMs = clockSkewMs(plan);
  return history.versions.some((rules, index) => {
    const replacedAtMs = (history.versions[index + 1]?.version ?? Infinity) + OVERLAP_MS;
    if (rules.version > toMs || replacedAtMs < fromMs) return false;
    if (rules.staged[alarm] === true) return true;
    return rules.silences.some(({ alarm: silenced, fromSeconds, lengthSeconds }) => {
      const beginsMs = history.startMs + fromSeconds * 1000;
      const untilMs = beginsMs + lengthSeconds * 1000;
      return silenced === alarm && beginsMs - skewMs <= toMs && untilMs + skewMs > fromMs;
    });
  });
}

/** The moments at which a silence of the alarm may end: its own time, or that of a deploy, which is noticed a little later. */
export function silenceEnds({ plan, history, identity }: Evidence): readonly number[] {
  const ends = plan.silences
    .filter(({ alarm }) => alarm === indexOf(identity))
    .map(({ fromSeconds, lengthSeconds }) => history.startMs + (fromSeconds + lengthSeconds) * 1000);
  const lifted = history.versions.map(({ version }) => version + OVERLAP_MS + SILENCE_WATCH_MS);
  return [...ends, ...lifted].map((endMs) => endMs + clockSkewMs(plan)).sort((a, b) => a - b);
}

function clockSkewMs({ clockOffsetsSeconds }: Plan): number {
  return Math.max(...clockOffsetsSeconds.map(Math.abs)) * 1000;
}
