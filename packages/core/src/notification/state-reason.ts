import { isBreaching } from '../alarm/evaluate-alarm.ts';
import type { AlarmSettings, AlarmState, ComparisonOperator } from '../alarm/settings.ts';
import { cloudWatchNumber } from './cloudwatch-number.ts';
import { reasonTime } from './cloudwatch-time.ts';

/** One period: when it began (epoch milliseconds) and its statistic, undefined when no data came. */
export interface ReasonDatapoint {
  readonly startMs: number;
  readonly value: number | undefined;
}

export interface StateReasonInput {
  readonly settings: AlarmSettings;
  /** The periods that were evaluated, newest first. */
  readonly datapoints: readonly ReasonDatapoint[];
  readonly state: AlarmState;
}

interface RealDatapoint {
  readonly startMs: number;
  readonly value: number;
}

/** From this many datapoints on, CloudWatch leaves them out of the sentence and lists the latest at its end. */
const LISTED_AT_END = 5;

const COMPARISON_WORDS: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/**
 * Why an alarm is in its state, in CloudWatch's words: the datapoints that put it there, the threshold, what was filled
 * in for missing data. CloudWatch has two forms, of which the longer belongs to alarms whose `datapointsToAlarm` is set.
 * Always below the 1,023 characters that a StateReason may have.
 */
export function stateReason({ settings, datapoints, state }: StateReasonInput): string {
  const periods = settings.evaluationPeriods;
  const real = datapoints.filter(isReal).slice(0, periods);
  const missing = periods - real.length;
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${counted(missing, 'datapoint')} ${were(missing)} unknown.`;

  const supporting = real.filter(({ value }) => breaches(value, settings) === (state === 'ALARM'));
  if (supporting.length === 0)
    return `Threshold Crossed: ${received(real.length, periods)}${filled(settings, missing)}.`;

  const comparison = `${state === 'ALARM' ? '' : 'not '}${COMPARISON_WORDS[settings.comparisonOperator]}`;
  const verb = `${were(supporting.length)} ${comparison} the threshold (${cloudWatchNumber(settings.threshold)})`;
  const subject = subjectOf(supporting.length, settings);
  const fill = filled(settings, missing);
  const minimum = minimumOf(settings, state);
  if (supporting.length < LISTED_AT_END) {
    return `Threshold Crossed: ${subject} ${listed(supporting)} ${verb}${fill}${minimum}.`;
  }
  const latest = listed(supporting.slice(0, LISTED_AT_END));
  return `Threshold Crossed: ${subject} ${verb}${fill}. The most recent datapoints which crossed the threshold: ${latest}${minimum}.`;
}

function isReal(datapoint: ReasonDatapoint): datapoint is RealDatapoint {
  return datapoint.value !== undefined;
}

function breaches(value: number, { comparisonOperator, threshold }: AlarmSettings): boolean {
  return isBreaching(comparisonOperator, value, threshold);
}

function subjectOf(count: number, { datapointsToAlarm, evaluationPeriods }: AlarmSettings): string {
  return datapointsToAlarm === undefined
    ? counted(count, 'datapoint')
    : `${String(count)} out of the last ${String(evaluationPeriods)} datapoints`;
}

function listed(datapoints: readonly RealDatapoint[]): string {
  return `[${datapoints.map(({ value, startMs }) => `${cloudWatchNumber(value)} (${reasonTime(startMs)})`).join(', ')}]`;
}

/** Nothing real speaks for the state: it follows from what missing data was taken for. */
function received(count: number, periods: number): string {
  const datapoints = count === 0 ? 'no datapoints' : counted(count, 'datapoint');
  return `${datapoints} ${count === 1 ? 'was' : 'were'} received for ${counted(periods, 'period')}`;
}

/** Only two of the treatments put something in the place of missing data. */
function filled({ treatMissingData }: AlarmSettings, missing: number): string {
  if (missing === 0 || treatMissingData === 'missing' || treatMissingData === 'ignore') return '';
  const taken = treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
  return ` and ${counted(missing, 'missing datapoint')} ${were(missing)} treated as [${taken}]`;
}

function minimumOf({ datapointsToAlarm, evaluationPeriods }: AlarmSettings, state: 'ALARM' | 'OK'): string {
  if (datapointsToAlarm === undefined) return '';
  const minimum = state === 'ALARM' ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  return ` (minimum ${counted(minimum, 'datapoint')} for ${state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK'} transition)`;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}
