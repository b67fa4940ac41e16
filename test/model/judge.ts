import * as alarms from './claims-on-alarms.ts';
import * as pages from './claims-on-pages.ts';
import * as silences from './claims-on-silences.ts';
import { Evidence } from './evidence.ts';
import type { History } from './history.ts';
import type { Plan } from './plan.ts';
import { identityOf } from './rules-versions.ts';

/**
 * What each run must show.
 *
 * - `state`: the alarm ends in the state that the oracle sees in the set of distinct events. One that rings when nothing comes ends in
 *   ALARM, whatever its rule was before.
 * - `samples`: no event is lost; the alarm holds each of the last six hours once, told apart by id.
 * - `closed`: an event whose minute was closed does not come back in the later minute of a copy.
 * - `incident`: PagerDuty has one open incident for an alarm that ends in ALARM, and none for any other.
 * - `covered`: while, or soon after, a stretch of ALARM could be known, an incident was open; or when its silence was over, if it
 *   went on. (That it was resolved: `incident`.)
 * - `nothing owed`: at the end nothing is owed or leased, and what is not in ALARM is not due.
 * - `no false alarm`: nothing is told of an alarm that the oracle never sees in ALARM, whatever part of the events it is shown.
 * - `no repeated alarm`: an ALARM is decided again only after an event, or an earlier minute of one, was recorded since the last.
 * - `examples`: each ALARM names an event.
 * - `examples of the window`: each ALARM names an event that rang it, unless the alarm keeps its state through silence.
 * - `one sender`: no two invocations publish for one alarm at once, where clocks agree: a lease is a time.
 * - `newest rules`: once newer rules have settled an alarm, older ones do not.
 * - `expiry`: a month later the store holds the alarms that are in ALARM, and no others.
 * - `silence`: no ALARM comes to be owed while its alarm is silenced or its rule is staged; what comes to be over in a silence is not
 *   told later (`no repeated alarm`).
 * - `due at its end`: an alarm that is on and was not told is silenced, and looked at when that is over, and every five minutes.
 * - `no repeat without cause`: an ALARM is told again only when its time has come, for somebody whom no page named, or to be in order.
 * - `due for its repeat`: an alarm that is told every so often is looked at when the time has come.
 *
 * Lateness and copies make stronger claims undefined. Not claimed are:
 * - that an episode is one incident: the half that came late may be told as a second, and SNS may bring an ALARM after its OK;
 * - that a stretch rings of which an event turned out, later, to have happened earlier;
 * - that one rings which only late samples of an average, a minimum or signed values made what it is in the end;
 * - anything that counts of an alarm with a copy that comes near the six-hour limit, where it depends on the moment of settling
 *   whether the copy counts, or with a copy that comes when its event has been forgotten;
 * - that an alarm which keeps its state through silence is OK, and not INSUFFICIENT_DATA, where its events came too late for their
 *   windows;
 * - state, coverage, false alarms and examples of an alarm whose settings changed during the run (its incident is), and samples of
 *   one that was removed, which a rollback begins anew;
 * - that an alarm names events where it rings because another event turned out to be a copy, or because nothing came;
 * - from when on an alarm that rings when nothing comes has seen enough to say so;
 * - what a full minute or a full item leaves out: plans are too small for either.
 */
const CHECKS = {
  state: alarms.endsInItsState,
  samples: alarms.holdsItsSamples,
  closed: alarms.keepsClosed,
  incident: pages.endsInItsIncident,
  covered: pages.isCovered,
  'nothing owed': alarms.owesNothing,
  'no false alarm': pages.ringsForCause,
  'no repeated alarm': alarms.ringsForNews,
  examples: pages.namesSomeone,
  'examples of the window': pages.namesWhoRang,
  'one sender': pages.hasOneSender,
  'newest rules': alarms.isLeftToNewestRules,
  expiry: alarms.isForgottenWhenOver,
  silence: silences.ringsOutsideSilences,
  'due at its end': silences.isDueWhenItsSilenceEnds,
  'no repeat without cause': silences.repeatsForCause,
  'due for its repeat': silences.isDueForItsRepeat,
} satisfies Readonly<Record<string, (evidence: Evidence) => string | undefined>>;

export type Claim = keyof typeof CHECKS;
export const CLAIMS = Object.keys(CHECKS) as readonly Claim[];

export interface Violation {
  readonly claim: Claim;
  readonly alarm: string;
  readonly detail: string;
}

/** All that a run got wrong, of the claims that are made. */
export function judge(plan: Plan, history: History, claims: readonly Claim[] = CLAIMS): readonly Violation[] {
  return plan.metrics.flatMap((_, index) => {
    const evidence = new Evidence(plan, history, identityOf(index));
    return claims.flatMap((claim) => {
      const detail = CHECKS[claim](evidence);
      return detail === undefined ? [] : [{ claim, alarm: evidence.identity.rule, detail }];
    });
  });
}
