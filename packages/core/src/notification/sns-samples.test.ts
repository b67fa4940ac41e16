import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMPARISON_OPERATORS, MISSING_DATA_TREATMENTS, STATISTICS, type AlarmState } from '../alarm/settings.ts';
import { regionLongName } from '../cloudtrail/index.ts';
import { notificationInput } from './notification-fixture.ts';
import type { NotificationInput } from './notification-input.ts';
import { renderNotification } from './render-notification.ts';
import { stateReason, type StateReasonInput } from './state-reason.ts';

// Messages that CloudWatch sent, where they are at hand: ours of the same alarm must be the same.

type Json = Readonly<Record<string, unknown>>;

const folder = new URL('../../../../../shared/corpus/sns-samples/', import.meta.url);
const isHere = existsSync(folder);
if (!isHere) console.warn(`skipped: there are no sample messages in ${folder.pathname}`);

/** The keys that CloudWatch's shape gained over the years; a message from before may lack them. */
const ADDED_SINCE_2016 = [
  'AlarmArn',
  'AlarmConfigurationUpdatedTimestamp',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
];
const ADDED_TO_TRIGGER_SINCE_2016 = ['StatisticType', 'TreatMissingData', 'EvaluateLowSampleCountPercentile'];

/** Where the samples come from. */
const REGIONS = ['us-east-1', 'us-east-2', 'eu-west-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-southeast-1'];

/** Recordings whose keys were sorted by the recorder. */
const SORTED = /^(10|11)-/;
interface Sample {
  readonly file: string;
  readonly message: Json & { readonly Trigger: Json };
  /** The message as it was sent, where the sample kept it. */
  readonly text: string | undefined;
}

function read(file: string): Sample | undefined {
  const body = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json & {
    readonly Records?: readonly { readonly Sns: { readonly Message: string } }[];
  };
  const text = body.Records?.[0]?.Sns.Message ?? (typeof body.Message === 'string' ? body.Message : undefined);
  const message = (text?.startsWith('{') === true ? JSON.parse(text) : (body.message ?? body)) as Sample['message'];
  const isSingleMetric = typeof message.Trigger === 'object' && 'MetricName' in message.Trigger;
  return isSingleMetric ? { file, message, text } : undefined;
}

function samples(): readonly Sample[] {
  return isHere
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .map(read)
        .filter((sample) => sample !== undefined)
    : [];
}

/** The alarm that a message tells of, as far as Trailbell could have one. */
function inputOf({ message }: Sample): NotificationInput {
  const { Trigger: trigger } = message;
  const statistic = STATISTICS.find((name) => name.toUpperCase() === String(trigger.Statistic).replace('_', ''));
  const comparisonOperator = COMPARISON_OPERATORS.find((name) => name === trigger.ComparisonOperator);
  const treatMissingData = MISSING_DATA_TREATMENTS.find((name) => name === trigger.TreatMissingData) ?? 'missing';
  if (statistic === undefined || comparisonOperator === undefined) throw new Error('no such alarm can be');
  const actions = [message.OKActions, message.AlarmActions].flat().filter((action) => typeof action === 'string');
  const base = notificationInput();
  return {
    ...base,
    ...(typeof message.AlarmDescription === 'string' ? { alarmDescription: message.AlarmDescription } : {}),
    alarmName: String(message.AlarmName),
    deployment: {
      ...base.deployment,
      accountId: String(message.AWSAccountId),
      region: REGIONS.find((region) => regionLongName(region) === message.Region) ?? 'us-east-1',
      topicArn: actions[0] ?? 'arn',
    },
    previousState: message.OldStateValue as AlarmState,
    state: message.NewStateValue as AlarmState,
    stateReason: String(message.NewStateReason),
    changedAtMs: Date.parse(String(message.StateChangeTime)),
    configurationUpdatedAtMs: Date.parse(String(message.AlarmConfigurationUpdatedTimestamp)),
    settings: {
      statistic,
      comparisonOperator,
      treatMissingData,
      period: Number(trigger.Period),
      evaluationPeriods: Number(trigger.EvaluationPeriods),
      threshold: Number(trigger.Threshold),
      ...(trigger.DatapointsToAlarm === undefined ? {} : { datapointsToAlarm: Number(trigger.DatapointsToAlarm) }),
    },
    context: {
      ...base.context,
      rule: { ...base.context.rule, name: String(trigger.MetricName) },
      groupValues: (trigger.Dimensions as readonly { name: string; value: string }[]).map(({ name, value }) => ({
        selector: `$.${name}`,
        value,
      })),
    },
  };
}

function kinds(value: Json, keys: readonly string[]): Json {
  const kind = (field: unknown) => (field === null ? 'null' : Array.isArray(field) ? 'list' : typeof field);
  return Object.fromEntries(keys.map((key) => [key, kind(value[key])]));
}

/** Our keys without those that CloudWatch did not have yet when the sample was sent. */
function keysOf(ours: Json, theirs: Json, added: readonly string[]): readonly string[] {
  return Object.keys(ours).filter((key) => key in theirs || !added.includes(key));
}

function withoutTrailbell(message: Sample['message']): Sample['message'] {
  return {
    ...pick(
      message,
      Object.keys(message).filter((key) => key !== 'Trailbell'),
    ),
    Trigger: message.Trigger,
  };
}

function pick(value: Json, keys: readonly string[]): Json {
  return Object.fromEntries(keys.filter((key) => key in value).map((key) => [key, value[key]]));
}

/** What a reason tells of: its datapoints and, from the minimum that it names, whether `datapointsToAlarm` was set. */
function reasonInputOf({ message }: Sample): StateReasonInput {
  const { settings, state, stateReason: reason } = inputOf({ message, file: '', text: undefined });
  const real = Array.from(
    reason.matchAll(/([\d.]+) \((\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)\)/g),
    ([, value, day, month, year, time]) => ({
      startMs: Date.parse(`20${String(year)}-${String(month)}-${String(day)}T${String(time)}Z`),
      value: Number(value),
    }),
  );
  const missing = Array.from({ length: settings.evaluationPeriods - real.length }, () => ({
    startMs: 0,
    value: undefined,
  }));
  const minimum = Number(/minimum (\d+) datapoint/.exec(reason)?.[1]);
  const toAlarm = state === 'ALARM' ? minimum : settings.evaluationPeriods - minimum + 1;
  return {
    settings: { ...settings, ...(Number.isNaN(minimum) ? {} : { datapointsToAlarm: toAlarm }) },
    datapoints: [...real, ...missing],
    state,
  };
}

test('there are samples to compare with', ({ skip }) => {
  skip(!isHere, 'there are no sample messages here');
  expect(samples().length).toBeGreaterThanOrEqual(14);
});

for (const sample of samples()) {
  const theirs = sample.message;
  const rendered = renderNotification(inputOf(sample));
  const ours = withoutTrailbell(JSON.parse(rendered.message) as Sample['message']);

  test(`${sample.file}: the same keys in the same order, of the same types`, () => {
    // Since 2026 CloudWatch says whether a mute rule delayed the message; Trailbell has silences of its own.
    const theirKeys = Object.keys(theirs).filter((key) => key !== 'ActionExecutedAfterMuteWindow');
    const ourKeys = keysOf(ours, theirs, ADDED_SINCE_2016);
    const theirTriggerKeys = Object.keys(theirs.Trigger);
    const ourTriggerKeys = keysOf(ours.Trigger, theirs.Trigger, ADDED_TO_TRIGGER_SINCE_2016);
    const inOrder = (keys: readonly string[]) => (SORTED.test(sample.file) ? keys.toSorted() : keys);
    expect(inOrder(ourKeys)).toEqual(theirKeys);
    expect(inOrder(ourTriggerKeys)).toEqual(theirTriggerKeys);
    expect(kinds(ours, ourKeys)).toEqual(kinds(theirs, ourKeys));
    const typed = ourTriggerKeys.filter((key) => key !== 'Unit');
    expect(kinds(ours.Trigger, typed)).toEqual(kinds(theirs.Trigger, typed));
  });

  test(`${sample.file}: the same values`, () => {
    const told = ['AlarmName', 'AlarmDescription', 'AWSAccountId', 'NewStateValue', 'NewStateReason', 'OldStateValue'];
    const dated = SORTED.test(sample.file) ? [] : ['AlarmConfigurationUpdatedTimestamp', 'StateChangeTime'];
    const placed = REGIONS.some((region) => regionLongName(region) === theirs.Region) ? ['Region', 'AlarmArn'] : [];
    const keys = [...told, ...dated, ...placed].filter((key) => key in theirs);
    expect(pick(ours, keys)).toEqual(pick(theirs, keys));
    const same = [
      'MetricName',
      'StatisticType',
      'Statistic',
      'Dimensions',
      'Period',
      'EvaluationPeriods',
      'DatapointsToAlarm',
    ];
    const compared = [...same, 'ComparisonOperator', 'Threshold', 'EvaluateLowSampleCountPercentile'];
    expect(
      pick(ours.Trigger, keysOf(pick(ours.Trigger, compared), theirs.Trigger, ADDED_TO_TRIGGER_SINCE_2016)),
    ).toEqual(pick(theirs.Trigger, compared));
  });

  const { text } = sample;
  if (text !== undefined && 'AlarmConfigurationUpdatedTimestamp' in theirs) {
    test(`${sample.file}: the same text, but for the namespace and the actions`, () => {
      const upTo = (message: string, end: string) => message.slice(0, message.indexOf(end));
      expect(upTo(rendered.message, ',"OKActions"')).toBe(upTo(text, ',"OKActions"'));
      const ourTrigger = upTo(rendered.message, ',"Trailbell"');
      const parts = ['"Trigger"', '"StatisticType"'].map((start) =>
        [ourTrigger, text].map((message) => message.slice(message.indexOf(start))),
      );
      expect(parts[0]?.[0]?.slice(0, 24)).toBe(parts[0]?.[1]?.slice(0, 24));
      expect(`${String(parts[1]?.[0])}}`).toBe(parts[1]?.[1]);
    });
  }

  if (text !== undefined) {
    test(`${sample.file}: the threshold is written as it was`, () => {
      const threshold = /"Threshold": ?([^,}]+)/;
      expect(threshold.exec(rendered.message)?.[1]).toBe(threshold.exec(text)?.[1]);
    });
  }

  // The first of them is from before reasons had times; another has its time taken out.
  if (!/^(03|11)-/.test(sample.file)) {
    test(`${sample.file}: the same reason for the same datapoints`, () => {
      expect(stateReason(reasonInputOf(sample))).toBe(theirs.NewStateReason);
    });
  }
}
