import type { Check, Finding } from './check.ts';
import type { Expected } from './expected.ts';
import { FUNCTION_CHECKS } from './function-checks.ts';
import { LOG_GROUP_CHECKS } from './log-group-checks.ts';
import { QUEUE_CHECKS } from './queue-checks.ts';
import type { Observed } from './seen.ts';
import { SELF_ALARM_CHECKS } from './self-alarm-checks.ts';
import { SUBSCRIPTION_CHECKS } from './subscription-checks.ts';
import { TABLE_CHECKS } from './table-checks.ts';
import { TOPIC_CHECKS } from './topic-checks.ts';
import { TRAIL_CHECKS } from './trail-checks.ts';

/** What is looked at, in the order in which a record becomes a page. */
export const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  'The trail': TRAIL_CHECKS,
  'The log group and its subscription': LOG_GROUP_CHECKS,
  'The functions': FUNCTION_CHECKS,
  'The alarm table': TABLE_CHECKS,
  'The topic': TOPIC_CHECKS,
  'The way to PagerDuty': SUBSCRIPTION_CHECKS,
  'The queues': QUEUE_CHECKS,
  'Trailbell watching itself': SELF_ALARM_CHECKS,
};

/** Findings that belong together. */
export interface Diagnosis {
  readonly about: string;
  readonly findings: readonly Finding[];
}

/** Judges what was read. Pure: the same observations always give the same findings. */
export function diagnose(observed: Observed, expected: Expected): readonly Diagnosis[] {
  return Object.entries(CHECKS).map(([about, checks]) => ({
    about,
    findings: checks.map(({ find }) => find(observed, expected)).filter((finding) => finding !== undefined),
  }));
}
