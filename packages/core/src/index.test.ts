import { expect, test } from 'vitest';

test('the package gives its whole surface under its own name, without a build step', async () => {
  const core = await import('@trailbell/core');
  const pattern = core.compilePattern('{ $.eventName = "StopLogging" }');
  expect(pattern.matches('{"eventName":"StopLogging"}')).toBe(true);
  expect(pattern.extract('{"eventName":"StopLogging"}')).toEqual({});
  expect(core.formatPattern(core.parsePattern('{$.a=1}'))).toBe('{ $.a = 1 }');
  expect(core.explainPattern(core.parsePattern('ERROR'), 'fine').verdict).toBe('fails');
  expect(() => core.parsePattern('{ $.a == 1 }', { limits: 'cloudwatch' })).toThrow(core.PatternSyntaxError);
  const settings = {
    statistic: 'Sum',
    period: 60,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  } as const;
  expect(core.evaluateAlarm(settings, [1], 'OK')).toBe('ALARM');
});
