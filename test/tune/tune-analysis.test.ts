import { compileRules } from '@trailbell/core/rule';
import { AlarmSimulation } from '@trailbell/functions/simulation/alarm-simulation';
import { RuleSet } from '@trailbell/core/matcher';
import { MINUTE_MS } from '@trailbell/core/alarm';
import { parsePattern } from '@trailbell/core/pattern';
import { relaxations } from '@trailbell/cli/tune/near-misses';
import { analyse } from '@trailbell/cli/tune/tune-analysis';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf, denied, ruleIn } from './rule-over-records.ts';

const RULE = `
name: denied
title: Denied calls
severity: warning
filterPattern: '{ $.errorCode = "AccessDenied" && $.eventName = "GetObject" }'
alarm: { period: 60, evaluationPeriods: 1, threshold: 3 }
`;

test('matches, what was left out, periods and incidents are those of the records', () => {
  const rule = ruleIn(`${RULE}
exceptions:
  - { filterPattern: '{ $.sourceIPAddress = "198.51.100.7" }', reason: audit, owner: a, expires: 2099-01-01 }
`);
  const analysis = analyse(
    rule,
    chunksOf([
      ...[0, 1, 2].map((n) => denied(0, n)),
      denied(0, 3, { sourceIPAddress: '198.51.100.7' }),
      denied(9),
      denied(10, 0, { eventTime: 'yesterday' }),
      denied(11, 0, { eventName: 'PutObject' }),
    ]),
  );
  expect(analysis).toMatchObject({
    ...{ records: 7, matches: 5, leftOut: 1, withoutTime: 1, incidents: 1 },
    distribution: [
      [1, 1],
      [3, 1],
    ],
    thresholds: [
      { threshold: 1, incidents: 2 },
      { threshold: 2, incidents: 1 },
      { threshold: 3, incidents: 1 },
      { threshold: 5, incidents: 0 },
    ],
  });
});

test('a near miss is a record for which one clause alone did not hold, counted at that clause', () => {
  const { nearMisses } = analyse(
    ruleIn(RULE),
    chunksOf([
      denied(0),
      ...[1, 2].map((n) => denied(0, n, { eventName: 'PutObject' })),
      denied(0, 3, { errorCode: 'Throttled' }),
      denied(0, 4, { errorCode: 'Throttled', eventName: 'PutObject' }),
    ]),
  );
  expect(nearMisses.map(({ clause, count }) => [clause, count])).toEqual([
    ['$.eventName = "GetObject"', 2],
    ['$.errorCode = "AccessDenied"', 1],
  ]);
  expect(nearMisses[1]?.records.map((record) => JSON.parse(record) as unknown)).toEqual([
    denied(0, 3, { errorCode: 'Throttled' }),
  ]);
});

test.each([
  ['{ $.a = 1 }', []],
  ['{ $.a = 1 || $.b = 2 }', []],
  ['ERROR', []],
  ['[a, b=1]', []],
  ['{ $.a = 1 && ($.b = 2 || $.c NOT EXISTS) }', ['$.a = 1', '$.b = 2 || $.c NOT EXISTS']],
])('%s has the clauses %j that can be left out', (pattern, clauses) => {
  expect(relaxations(parsePattern(pattern)).map(({ clause }) => clause)).toEqual(clauses);
});

const PLAN = fc.record({
  minutes: fc.array(fc.record({ minute: fc.nat(90), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 15 }),
  period: fc.constantFrom(60, 120, 300),
  evaluationPeriods: fc.integer({ min: 1, max: 3 }),
  threshold: fc.integer({ min: 1, max: 6 }),
  statistic: fc.constantFrom('Sum', 'SampleCount'),
  comparisonOperator: fc.constantFrom('GreaterThanThreshold', 'GreaterThanOrEqualToThreshold'),
  treatMissingData: fc.constantFrom('missing', 'notBreaching', 'ignore'),
  grouped: fc.boolean(),
});

test('an alarm that silence trips has rung once before anything comes', () => {
  const rule = ruleIn(RULE.replace('threshold: 3', 'threshold: 1, treatMissingData: breaching'));
  expect(analyse(rule, chunksOf([denied(0, 0, { eventName: 'ListUsers' })])).incidents).toBe(1);
});

test('as many incidents as the deployment would have told, of rules that silence does not trip', async () => {
  await fc.assert(
    fc.asyncProperty(PLAN, async ({ minutes, grouped, ...alarm }) => {
      const rule = ruleIn(
        JSON.stringify({
          ...{
            name: 'denied',
            title: 'Denied',
            severity: 'warning',
            filterPattern: '{ $.errorCode = "AccessDenied" }',
          },
          ...(grouped && { groupBy: ['$.sourceIPAddress'] }),
          alarm,
        }),
      );
      const records = minutes
        .flatMap(({ minute, count }, index) =>
          Array.from({ length: count }, (_, n) =>
            denied(minute, n, { eventID: `${index}-${n}`, sourceIPAddress: `203.0.113.${index % 2}` }),
          ),
        )
        .sort((a, b) => timeOf(a) - timeOf(b));
      expect(analyse(rule, chunksOf(records)).incidents).toBe(await incidentsOfDeployment(rule, records));
    }),
    { numRuns: 60 },
  );
});

test('of a rule that rings for too little the higher thresholds are told too: they ring more', () => {
  const rule = ruleIn(`
name: quiet
title: Quiet
severity: info
filterPattern: '{ $.errorCode = AccessDenied }'
alarm: { comparisonOperator: LessThanThreshold, threshold: 1, period: 60, treatMissingData: notBreaching }
`);
  const { incidents, thresholds } = analyse(rule, chunksOf([denied(1), denied(1, 1), denied(9)]));
  expect(incidents).toBe(0);
  expect(thresholds.find(({ threshold }) => threshold === 5)).toMatchObject({ incidents: 2 });
});

function timeOf(record: object): number {
  return Date.parse((record as { readonly eventTime: string }).eventTime);
}

/** Told by the Lambdas' own alarms, to which each minute's matches come with its last record. */
async function incidentsOfDeployment(rule: ReturnType<typeof ruleIn>, records: readonly object[]): Promise<number> {
  const compiled = compileRules([rule], { version: 1 });
  const ruleSet = RuleSet.compile(compiled.rules);
  let incidents = 0;
  const [first] = records;
  const simulation = new AlarmSimulation(compiled, {
    startMs: (first === undefined ? 0 : timeOf(first)) - MINUTE_MS,
    deployment: { accountId: '1', region: 'us-east-1', topicArn: 'arn:aws:sns:us-east-1:1:t', logGroupName: 'g' },
    onNotification: ({ notification, isRepeated }) => {
      if (notification.state === 'ALARM' && !isRepeated) incidents += 1;
    },
  });
  for (const ofMinute of Map.groupBy(records, (record) => Math.floor(timeOf(record) / MINUTE_MS)).values()) {
    const lastMs = Math.max(...ofMinute.map(timeOf));
    const matches = ofMinute.flatMap((record) => {
      const message = JSON.stringify(record);
      return ruleSet.match({ id: message, timestamp: timeOf(record), message }).matches;
    });
    await simulation.arrive(
      matches.map(({ identity, sample }) => ({ identity, samples: [sample], examples: [] })),
      Math.max(lastMs, simulation.nowMs),
    );
  }
  await simulation.runUntil(simulation.nowMs + 4 * 60 * MINUTE_MS);
  return incidents;
}
