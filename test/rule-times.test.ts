import { compileRules, loadRules } from '@trailbell/core/rule';
import { Clock, drive, MATCHER, startDeployment } from '@trailbell/local';
import { expect, test } from 'vitest';

const RULES = `timeIntervals:
  office-hours: { days: [monday], from: '09:00', to: '17:00', timeZone: Europe/Berlin }
---
name: at-night
title: Somebody works outside of office hours
severity: info
filterPattern: '{ $.eventName = "StopLogging" }'
notDuring: office-hours
exceptions:
  - { filterPattern: '{ $.userAgent = "tests" }', reason: nightly tests, owner: ops, expires: 2027-01-04 }
`;

/** A Monday, winter time in Berlin. */
const at = (time: string, day = '04') => Date.parse(`2027-01-${day}T${time}:00Z`);

test('deployed, a rule counts at its times alone, and an exception that has ended is reported by the matcher', async () => {
  const { rules, problems } = loadRules([{ path: 'r.yaml', text: RULES }]);
  expect(problems).toEqual([]);
  const clock = new Clock(at('07:00'));
  await using deployment = await startDeployment({ clock, rules: compileRules(rules, { version: clock.nowMs() }) });
  const record = (timeMs: number, userAgent: string) => ({
    timeMs,
    message: JSON.stringify({
      eventID: `${timeMs}`,
      eventTime: new Date(timeMs).toISOString(),
      eventName: 'StopLogging',
      userAgent,
      recipientAccountId: '111122223333',
    }),
  });
  await drive(deployment, [
    record(at('07:59'), 'cli'),
    record(at('08:30'), 'cli'),
    record(at('16:30'), 'cli'),
    record(at('23:59'), 'tests'),
    record(at('00:30', '05'), 'tests'),
  ]);
  const opened = deployment.pagerDuty.incidents().map(({ openedAtMs }) => openedAtMs);
  expect(opened.map((ms) => new Date(ms).toISOString().slice(8, 16))).toEqual(['04T07:59', '04T16:30', '05T00:30']);
  expect(deployment.lambda.metrics()).toMatchObject({ Matches: 3, ExpiredExceptionMatches: 1 });
  const logged = deployment.lambda.logs(MATCHER).flatMap(({ json }) => (json?.level === 'WARN' ? [json] : []));
  expect(logged).toEqual([
    expect.objectContaining({
      message: 'exceptions of a rule have ended, and what they took out is counted again',
      rule: 'at-night',
      exceptions: [1],
      matches: 1,
    }),
  ]);
});
