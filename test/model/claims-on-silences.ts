import { MINUTE_MS, type OwedNotification } from '@trailbell/core/alarm';
import type { Evidence, Of } from './evidence.ts';
import { actorOfEvent, silentUntilMs } from './planned-silences.ts';
import { indexOf, type RulesVersion } from './rules-versions.ts';

/** An echo comes within SNS's horizon of the opposite message, or as soon after as faults allow. */
const ECHO_WITHIN_MS = 10 * MINUTE_MS;

/** So soon the page goes out of an alarm whose silence a deploy has taken away. */
const LIFTED_WITHIN_MS = 5 * MINUTE_MS;

/** No ALARM comes to be owed in a silence; what was told before may have to be told once more, to be in order. */
export function ringsOutsideSilences(evidence: Evidence): string | undefined {
  const silenced = comingToOwe(evidence).find(
    (written) => isSilent(evidence, written) && !mayBeEcho(evidence, written),
  );
  return silenced && `ALARM ${silenced.step.standing.owed?.number ?? 0} came to be owed`;
}

/** An ALARM is told again because its time has come, because somebody is new, or to be in order. */
export function repeatsForCause(evidence: Evidence): string | undefined {
  const causeless = comingToOwe(evidence).find((written) => {
    if (!tellsAgain(evidence, written) || mayBeEcho(evidence, written)) return false;
    const { owed, told, asOfMs } = written.step.standing;
    const repeat = rulesOf(evidence, written)?.repeats[indexOf(evidence.identity)] ?? { kind: 'never' };
    switch (repeat.kind) {
      case 'never':
        return true;
      case 'every':
        return told === undefined || asOfMs < told.sentAtMs + repeat.minutes * MINUTE_MS;
      case 'new actor':
        return owed === undefined || !namesSomeoneNew(evidence, written, owed);
    }
  });
  return causeless && `ALARM ${causeless.step.standing.owed?.number ?? 0} was told again`;
}

/** An alarm that is on, and of which nobody was told, is silent; and it is due when that is over, or soon, in case it is lifted. */
export function isDueWhenItsSilenceEnds(evidence: Evidence): string | undefined {
  const left = evidence.of('written').find(({ step: { standing }, version }) => {
    const { state, told, owed, asOfMs, dueMs = Infinity } = standing;
    if (state !== 'ALARM' || told?.notification.state === 'ALARM' || owed !== undefined) return false;
    const rules = evidence.history.versions.find((each) => each.version === version);
    const untilMs = rules && silentUntilMs(rules, indexOf(evidence.identity), evidence.history.startMs, asOfMs);
    return untilMs === undefined || dueMs > Math.min(untilMs, asOfMs + LIFTED_WITHIN_MS);
  });
  return left && `#${left.invocation} left it untold`;
}

/** While an ALARM lasts that is told every so often, the alarm is due when the time has come, unless it owes already. */
export function isDueForItsRepeat(evidence: Evidence): string | undefined {
  const late = evidence.of('written').find((written) => {
    const { state, told, owed, dueMs = Infinity } = written.step.standing;
    const repeat = rulesOf(evidence, written)?.repeats[indexOf(evidence.identity)];
    if (repeat?.kind !== 'every' || state !== 'ALARM' || told?.notification.state !== 'ALARM') return false;
    if (owed !== undefined || isSilent(evidence, written)) return false;
    return dueMs > told.sentAtMs + repeat.minutes * MINUTE_MS;
  });
  return late && `#${late.invocation} left it until later`;
}

/** Whether an ALARM is owed that was told before, and no OK that gives way to it. */
function tellsAgain(evidence: Evidence, written: Of<'written'>): boolean {
  const { told, owed } = written.step.standing;
  const writes = evidence.of('written');
  const before = writes[writes.indexOf(written) - 1]?.step.standing.owed;
  return (
    before?.state !== 'OK' &&
    told?.notification.state === 'ALARM' &&
    told.notification.changedAtMs === owed?.changedAtMs
  );
}

/** The writes with which an ALARM comes to be owed: decided, or told again. */
function comingToOwe(evidence: Evidence): readonly Of<'written'>[] {
  const known = new Set<string>();
  return evidence.of('written').filter(({ step: { standing } }) => {
    if (standing.owed?.state !== 'ALARM') return false;
    const key = `${standing.owed.number} ${standing.owed.changedAtMs}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

function rulesOf({ history }: Evidence, { version }: Of<'written'>): RulesVersion | undefined {
  return history.versions.find((rules) => rules.version === version);
}

function isSilent(evidence: Evidence, written: Of<'written'>): boolean {
  const rules = rulesOf(evidence, written);
  const { asOfMs } = written.step.standing;
  return (
    rules !== undefined &&
    silentUntilMs(rules, indexOf(evidence.identity), evidence.history.startMs, asOfMs) !== undefined
  );
}

function mayBeEcho(evidence: Evidence, { atMs, step }: Of<'written'>): boolean {
  const outageMs = evidence.plan.outages.reduce((sum, { lengthSeconds }) => sum + lengthSeconds * 1000, 0);
  const { told, owed } = step.standing;
  if (told?.notification.state !== 'ALARM' || told.notification.changedAtMs !== owed?.changedAtMs) return false;
  return evidence
    .of('written')
    .some(
      (earlier) =>
        earlier.atMs <= atMs && earlier.atMs >= atMs - ECHO_WITHIN_MS - outageMs && earlier.step.send?.state === 'OK',
    );
}

function namesSomeoneNew(evidence: Evidence, { atMs }: Of<'written'>, owed: OwedNotification): boolean {
  const actorsOf = ({ episode }: OwedNotification) =>
    episode.examples.map((example) => actorOfEvent(String((example as { readonly eventId?: unknown }).eventId)));
  // An incident is told under one time of change, unless it closes and opens again between.
  const named = new Set(
    evidence
      .of('published')
      .filter((each) => each.atMs < atMs && each.owed.changedAtMs === owed.changedAtMs)
      .flatMap((each) => actorsOf(each.owed)),
  );
  return actorsOf(owed).some((actor) => !named.has(actor));
}
