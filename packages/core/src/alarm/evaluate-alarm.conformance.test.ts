import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateAlarm } from './evaluate-alarm.ts';
import type { AlarmState, ComparisonOperator, MissingDataTreatment } from './settings.ts';

interface Case {
  readonly id: string;
  readonly datapoints: readonly (number | null)[];
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly operator: ComparisonOperator;
  readonly treatMissingData: MissingDataTreatment;
  readonly previousState: AlarmState;
  readonly expectedState: AlarmState;
}

const file = new URL('../../../../../shared/conformance/alarm-evaluation.jsonl', import.meta.url);

if (existsSync(file)) {
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
  test.each(cases.map((item) => [item.id, item] as const))('recorded evaluation %s', (_id, item) => {
    const settings = {
      statistic: 'Sum' as const,
      period: 60,
      evaluationPeriods: item.evaluationPeriods,
      ...(item.datapointsToAlarm === undefined ? {} : { datapointsToAlarm: item.datapointsToAlarm }),
      threshold: item.threshold,
      comparisonOperator: item.operator,
      treatMissingData: item.treatMissingData,
      evaluationRange: item.datapoints.length,
    };
    expect(evaluateAlarm(settings, item.datapoints, item.previousState)).toBe(item.expectedState);
  });
} else {
  console.log(`skipped: the recorded alarm evaluations are not at ${file.pathname}`);
  test.skip('recorded evaluations');
}
