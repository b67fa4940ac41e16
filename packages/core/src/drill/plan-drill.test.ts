import { expect, test } from 'vitest';
import { compilePattern, parsePattern } from '../pattern/index.ts';
import { loadRules, type Rule } from '../rule/index.ts';
import { planDrill, type DrillPlan } from './plan-drill.ts';

const NOW_MS = Date.UTC(2026, 2, 11, 9, 30, 12);

function rule(more = '', pattern = '{ $.eventName = "StopLogging" }'): Rule {
  const text = `name: stop-logging
title: Somebody stopped the trail
severity: critical
filterPattern: '${pattern}'
${more}
examples:
  matches: [{ event: { eventName: StopLogging, eventID: one, recipientAccountId: "111122223333", userAgent: curl } }]
  ignores: []
`;
  const { rules, problems } = loadRules([{ path: 'rule.yaml', text }]);
  const [loaded] = rules;
  if (loaded === undefined) throw new Error(problems.map(({ message }) => message).join());
  return loaded;
}

function planned(of: Rule): DrillPlan {
  const plan = planDrill(of, 'd1', NOW_MS);
  if (plan.kind !== 'plan') throw new Error(plan.why);
  return plan;
}

const alarm = (settings: string) => `alarm: { ${settings} }`;

test('a rule that rings on one match gets one marked record of now', () => {
  const { records, identity, sampleIds } = planned(rule('groupBy: [$.recipientAccountId]'));
  expect(identity).toEqual({ rule: 'stop-logging', group: ['111122223333'] });
  expect(records.map(({ message, timestamp }) => [JSON.parse(message) as unknown, timestamp])).toEqual([
    [
      {
        eventName: 'StopLogging',
        eventID: 'trailbell-drill-d1-0',
        eventTime: '2026-03-11T09:30:12Z',
        recipientAccountId: '111122223333',
        userAgent: 'TRAILBELL DRILL d1: nothing happened',
        trailbellDrill: 'd1',
      },
      NOW_MS,
    ],
  ]);
  expect(sampleIds).toHaveLength(1);
});

test.for<[settings: string, records: number, minutesAgo: readonly number[]]>([
  ['threshold: 3, comparisonOperator: GreaterThanOrEqualToThreshold', 3, [0, 0, 0]],
  ['threshold: 3, comparisonOperator: GreaterThanThreshold', 4, [0, 0, 0, 0]],
  ['statistic: SampleCount, threshold: 2, comparisonOperator: GreaterThanOrEqualToThreshold', 2, [0, 0]],
  ['period: 60, evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 2', 4, [1, 1, 0, 0]],
])('%s: %i records', ([settings, count, minutesAgo]) => {
  const { records, sampleIds } = planned(rule(alarm(settings)));
  expect(records.map(({ timestamp }) => (NOW_MS - timestamp) / 60_000)).toEqual(minutesAgo);
  expect(new Set(sampleIds).size).toBe(count);
});

test('where the rule is about the user agent, that stays as it is', () => {
  const pattern = '{ $.eventName = "StopLogging" && $.userAgent = "curl" }';
  const { records } = planned(rule('', pattern));
  const compiled = compilePattern(parsePattern(pattern));
  expect(records.map(({ message }) => compiled.matches(message))).toEqual([true]);
  expect(records[0]?.message).toContain('"eventID":"trailbell-drill-d1-0"');
});

test.for<[what: string, rule: () => Rule, why: RegExp]>([
  ['a staged rule', () => rule('mode: stage'), /staged/],
  [
    'a rule that rings when nothing happens',
    () => rule(alarm('comparisonOperator: LessThanThreshold, threshold: 1, treatMissingData: breaching')),
    /when nothing happens/,
  ],
  [
    'a rule whose exception takes the example out',
    () =>
      rule(
        `exceptions: [{ filterPattern: '{ $.recipientAccountId = "111122223333" }', reason: r, owner: o, expires: 2030-01-01 }]`,
      ),
    /no example matches now/,
  ],
  ['a rule that rings on values', () => rule(alarm('statistic: Maximum, threshold: 5')), /values/],
  ['a rule of a whole day', () => rule(alarm('period: 3600, evaluationPeriods: 12')), /six hours/],
])('%s cannot be drilled, and the reason is said', ([, of, why]) => {
  const plan = planDrill(of(), 'd1', NOW_MS);
  expect(plan).toEqual({ kind: 'no-drill', why: expect.stringMatching(why) as string });
});

test('a rule without a record among its examples cannot be drilled', () => {
  const plain = rule();
  const plan = planDrill({ ...plain, examples: { matches: [{ event: 'text' }], ignores: [] } }, 'd1', NOW_MS);
  expect(plan.kind).toBe('no-drill');
});
