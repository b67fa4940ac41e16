import type * as z from 'zod';
import { metricOf } from '../alarm/metric-of.ts';
import { MAX_SAMPLES_REQUIRED, samplesRequired } from '../alarm/sample-budget.ts';
import type { AlarmSettings } from '../alarm/settings.ts';
import type { Rule } from './rule.ts';
import { refuse } from './refuse.ts';

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (EvaluationPeriods, Period) */
export function checkAlarmWindow(alarm: AlarmSettings, context: z.RefinementCtx): void {
  const { period, evaluationPeriods, datapointsToAlarm, evaluationRange = evaluationPeriods } = alarm;
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) {
    refuse(context, ['datapointsToAlarm'], {
      code: 'out-of-range',
      message: `alarm.datapointsToAlarm is ${datapointsToAlarm}; expected at most evaluationPeriods, which is ${evaluationPeriods}`,
    });
  }
  if (evaluationRange < evaluationPeriods) {
    refuse(context, ['evaluationRange'], {
      code: 'out-of-range',
      message: `alarm.evaluationRange is ${evaluationRange}; expected at least evaluationPeriods, which is ${evaluationPeriods}`,
    });
  }
  const limitSeconds = period < 3600 ? DAY_SECONDS : WEEK_SECONDS;
  for (const [key, periods] of Object.entries({ evaluationPeriods, evaluationRange })) {
    if (periods * period <= limitSeconds) continue;
    refuse(context, [key], {
      code: 'out-of-range',
      message:
        `alarm.${key} x period is ${periods} x ${period} = ${periods * period} seconds; ` +
        `expected at most ${limitSeconds} where the period is ${period < 3600 ? 'under' : 'at least'} an hour`,
      hint: 'CloudWatch has the same limit: a day, or seven days for periods of an hour and more',
    });
    break;
  }
}

/** An alarm keeps a bounded number of samples: one that needs more of them to ring would never ring. */
export function checkSamplesFit(
  { alarm, metricValue }: Pick<Rule, 'alarm' | 'metricValue'>,
  context: z.RefinementCtx,
): void {
  const required = samplesRequired(metricOf({ alarm, metricValue }));
  if (required <= MAX_SAMPLES_REQUIRED) return;
  refuse(context, ['alarm'], {
    code: 'too-many-samples',
    message: `with threshold ${alarm.threshold} ringing takes ${required} matches, and an alarm keeps ${MAX_SAMPLES_REQUIRED}`,
    hint: 'lower the threshold and shorten the period in proportion, or count a rarer event',
  });
}

/**
 * An alarm that goes off because nothing happens has no event to take the values of its groups from, so it cannot say which
 * group is silent.
 */
export function checkGroupsHaveEvents(
  rule: Pick<Rule, 'groupBy' | 'alarm'> & { readonly defaultValue?: 0 },
  context: z.RefinementCtx,
): void {
  const cause = silenceThatAlarms(rule);
  if (rule.groupBy.length === 0 || cause === undefined) return;
  refuse(context, ['groupBy'], {
    code: 'group-without-events',
    message: `groupBy cannot be used with ${cause}: the alarm can go off without an event, and then there is no group`,
    hint: 'write one rule for each group, or leave groupBy out',
  });
}

function silenceThatAlarms({ alarm, defaultValue }: Pick<Rule, 'alarm'> & { readonly defaultValue?: 0 }) {
  if (alarm.comparisonOperator.startsWith('Less')) return `comparisonOperator ${alarm.comparisonOperator}`;
  if (alarm.treatMissingData === 'breaching') return 'treatMissingData breaching';
  const isZeroBreaching =
    alarm.comparisonOperator === 'GreaterThanThreshold' ? 0 > alarm.threshold : 0 >= alarm.threshold;
  return defaultValue === 0 && isZeroBreaching ? `defaultValue 0 and threshold ${alarm.threshold}` : undefined;
}
