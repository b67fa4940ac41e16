import type { DrillHop } from '@trailbell/core/drill';
import type { DrillVerdict } from './drill.ts';

const HOPS: Readonly<Record<DrillHop, string>> = {
  counted: 'the matcher has counted it',
  'alarm-decided': 'the alarm is on',
  'alarm-told': 'SNS has taken the ALARM',
  'ok-decided': 'the alarm is over',
  'ok-told': 'SNS has taken the OK',
};

/** Why a hop may not come. */
const CAUSES: Readonly<Record<DrillHop, string>> = {
  counted: 'the rule is not deployed, its records are kept away by the subscription, or the matcher fails',
  'alarm-decided': 'the rule is deployed with other settings, or the functions fail after counting',
  'alarm-told': 'SNS does not take notifications: the topic, its key or the role',
  'ok-decided': 'the reconciler does not run',
  'ok-told': 'SNS does not take notifications, or the reconciler does not run',
};

export function hopInWords(hop: DrillHop, afterMs: number): string {
  return `  ${seconds(afterMs).padStart(9)}  ${HOPS[hop]}`;
}

export function verdictInWords(verdict: DrillVerdict): string {
  switch (verdict.kind) {
    case 'passed': {
      const { startMs, progress } = verdict;
      const told = progress['alarm-told'] ?? progress['ok-told'] ?? startMs;
      return `Passed: told after ${seconds(Math.max(0, told - startMs))}, and told that it is over.`;
    }
    case 'stuck':
      return `Failed: after ${seconds(verdict.waitedMs)} still not: ${HOPS[verdict.hop]}. Perhaps ${CAUSES[verdict.hop]}. Run trailbell doctor.`;
    case 'withheld':
      return 'Not told: the alarm is on, and a silence, or mode: stage, holds its page back.';
    case 'busy':
      return `Not held: the alarm cannot be drilled while ${verdict.why}. Wait, or drill another rule.`;
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
