import { isBreaching } from '../../alarm/evaluate-alarm.ts';
import { formatSelector, parseSelector } from '../../pattern/index.ts';
import { fieldAt } from '../aws/field-at.ts';
import type { RuleComplaint } from '../finding.ts';
import type { LintedRule } from '../linted-rule.ts';

/** Settings with which an alarm cannot ring, or cannot become OK again. */
export function checkAlarm({ rule }: LintedRule): readonly RuleComplaint[] {
  const { alarm, metricValue } = rule;
  if (typeof metricValue !== 'number') return metricNotANumber(metricValue);
  const { canBreach, canBeOk } = reach(rule, metricValue);
  const { statistic, threshold, comparisonOperator, treatMissingData } = alarm;
  const isSilenceBreaching = treatMissingData === 'breaching';
  if (!canBreach && !isSilenceBreaching) {
    return [
      {
        code: 'alarm-never-rings',
        path: metricValue > 0 ? ['alarm', 'threshold'] : ['metricValue'],
        message: `${statistic} of matches that count ${metricValue} each is never ${comparisonOperator} ${threshold}`,
        hint: cureOf(rule, metricValue),
      },
    ];
  }
  // Where matches alone decide, a period without one is missing, and only its treatment can end the alarm.
  const missingEnds =
    rule.defaultValue === undefined && (treatMissingData === 'notBreaching' || treatMissingData === 'missing');
  if (missingEnds) return [];
  if (canBeOk) return isSilenceBreaching && !comparisonOperator.startsWith('Less') ? [ringsInSilence()] : [];
  return [
    {
      code: 'alarm-never-ends',
      path: ['alarm', isAlwaysBreaching(rule) ? 'threshold' : 'treatMissingData'],
      message: isAlwaysBreaching(rule)
        ? `a period without a match breaches too, and one with matches always does: the alarm never becomes OK`
        : `every period with a match breaches, and one without is treated as ${treatMissingData}: the alarm never becomes OK`,
      hint: 'treatMissingData notBreaching ends the alarm when the window is quiet',
    },
  ];
}

function ringsInSilence(): RuleComplaint {
  return {
    code: 'alarm-rings-in-silence',
    path: ['alarm', 'treatMissingData'],
    message: 'a period without a match breaches, although the alarm is for many matches: it rings when nothing happens',
    hint: 'treatMissingData notBreaching; to ring when matches stay away take a LessThan operator',
  };
}

function isAlwaysBreaching({ defaultValue }: LintedRule['rule']): boolean {
  return defaultValue === 0;
}

/** Whether a period with matches, or one that the default value fills, can breach, and whether one can not breach. */
function reach(
  { alarm, defaultValue }: LintedRule['rule'],
  metricValue: number,
): { readonly canBreach: boolean; readonly canBeOk: boolean } {
  const { statistic, threshold, comparisonOperator } = alarm;
  const step = statistic === 'SampleCount' ? 1 : metricValue;
  const isCounted = statistic === 'Sum' || statistic === 'SampleCount';
  // Of sums that grow or shrink with each match, the first and one beyond the threshold say what all of them do.
  const many = isCounted && step !== 0 ? Math.sign(step) * (Math.abs(threshold) + Math.abs(step) + 1) : step;
  const near = isCounted && step !== 0 ? sumsNear(step, threshold) : [];
  const datapoints = [step, many, ...near, ...(defaultValue === 0 ? [0] : [])];
  const breaches = datapoints.map((value) => isBreaching(comparisonOperator, value, threshold));
  return { canBreach: breaches.includes(true), canBeOk: breaches.includes(false) };
}

function sumsNear(step: number, threshold: number): readonly number[] {
  const matches = Math.floor(threshold / step);
  return [matches - 1, matches, matches + 1].filter((count) => count >= 1).map((count) => count * step);
}

function cureOf({ alarm }: LintedRule['rule'], metricValue: number): string {
  const { statistic, comparisonOperator, threshold } = alarm;
  if (comparisonOperator.startsWith('Less')) {
    return threshold <= 0
      ? 'counts are never below 0'
      : 'to ring when matches stay away, set treatMissingData breaching or defaultValue 0';
  }
  if (statistic !== 'Sum' && statistic !== 'SampleCount') {
    return `${statistic} does not count: use Sum, or a threshold up to ${metricValue}`;
  }
  return 'a metricValue above 0 lets the sum grow';
}

function metricNotANumber(metricValue: string): readonly RuleComplaint[] {
  const selector = parseSelector(metricValue);
  const at = fieldAt(selector);
  if (at.kind !== 'field' || at.field.kind === 'open' || at.field.kind === 'number') return [];
  return [
    {
      code: 'metric-not-a-number',
      path: ['metricValue'],
      message: `${formatSelector(selector)} is never a number, so that no match adds anything`,
      hint: 'leave metricValue out to count matches',
    },
  ];
}
