import type { Rule } from '../rule/rule.ts';
import { HEARTBEAT_NAME } from './heartbeat-name.ts';

/**
 * How often the heart beats. ALARM and OK, and OK and the next ALARM, must lie further apart than SNS may be late: otherwise the
 * later of two is told once more, lest the earlier one overtakes it. So each beat is one ALARM and one OK.
 */
export const HEARTBEAT_INTERVAL_MINUTES = 10;

/** How long a beat keeps its alarm on: half the time between two, which is a minute longer than SNS may be late. */
const ALARM_SECONDS = 300;

/** Where a beat says whose it is. No record of CloudTrail has such a property. */
export const HEARTBEAT_SELECTOR = '$.trailbellHeartbeat';

/**
 * The log event of a beat, as JSON. It says whose beat it is, because two deployments may share a log group. Nothing in it is
 * trusted: whoever can write to the log group can write one, and proves with it that the pipeline works.
 *
 * @param deployment as `deploymentName` gives it: app, stage, account and region
 */
export function heartbeatMessage(deployment: string, nowMs: number): string {
  return JSON.stringify({ trailbellHeartbeat: deployment, eventTime: new Date(nowMs).toISOString() });
}

/**
 * The rule that counts the beats of a deployment. It is compiled with the user's rules, and the pre-filter is made of it as of any other, so
 * a beat takes the way that every record takes.
 */
export function heartbeatRule(deployment: string): Rule {
  return {
    name: HEARTBEAT_NAME,
    title: 'Trailbell works',
    severity: 'info',
    description:
      'A beat of Trailbell’s own: it was written to the log group, matched, told and is resolved in a few minutes. Only a queue gets it.',
    references: [],
    filterPattern: `{ ${HEARTBEAT_SELECTOR} = "${deployment}" }`,
    groupBy: [],
    groupLimit: 1,
    metricValue: 1,
    exceptions: [],
    alarm: {
      statistic: 'Sum',
      period: ALARM_SECONDS,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    examples: {
      matches: [{ name: 'a beat', event: JSON.parse(heartbeatMessage(deployment, 0)) as unknown }],
      ignores: [{ name: 'the beat of another deployment', event: { trailbellHeartbeat: `${deployment}-2` } }],
    },
    timelines: [],
  };
}
