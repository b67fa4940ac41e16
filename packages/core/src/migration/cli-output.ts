import { fieldOf } from '../json/index.ts';
import { readMetricAlarm, readMetricFilter, type Read } from './api-shapes.ts';
import type { CloudWatchSettings, NotCarried } from './cloudwatch-settings.ts';

/** Whether parsed JSON is what `aws logs describe-metric-filters` or `aws cloudwatch describe-alarms` prints. */
export function isCliOutput(json: unknown): boolean {
  const list = listIn(json, 'metricFilters') ?? listIn(json, 'MetricAlarms') ?? listIn(json, 'CompositeAlarms');
  return list !== undefined;
}

/** Reads what these commands print. An entry that cannot be read is told of and takes no other with it. */
export function readCliOutput(json: unknown): CloudWatchSettings {
  const notCarried: NotCarried[] = [];
  const readAll = <Setting>(entries: readonly unknown[], read: (entry: unknown) => Read<Setting>): Setting[] =>
    entries.flatMap((entry) => {
      const result = read(entry);
      if ('found' in result) return [result.found];
      notCarried.push(result.notCarried);
      return [];
    });
  const metricFilters = readAll(listIn(json, 'metricFilters') ?? [], readMetricFilter);
  const alarms = readAll(listIn(json, 'MetricAlarms') ?? [], readMetricAlarm);
  for (const composite of listIn(json, 'CompositeAlarms') ?? []) {
    const name = fieldOf(composite, 'AlarmName');
    notCarried.push({
      kind: 'alarm',
      name: typeof name === 'string' ? name : '(without a name)',
      reason: 'it is a composite alarm, and a rule has no other alarms to combine',
    });
  }
  return { metricFilters, alarms, notCarried };
}

function listIn(json: unknown, key: string): readonly unknown[] | undefined {
  const list = fieldOf(json, key);
  return Array.isArray(list) ? list : undefined;
}
