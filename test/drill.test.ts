import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drillCommand } from '@trailbell/cli/commands/drill-command';
import { openAwsClients } from '@trailbell/cli/deployed/aws-clients';
import { chooseDrill } from '@trailbell/cli/drill/choose-drill';
import { DRILL_CALLS, deployedPlace } from '@trailbell/cli/drill/deployed-place';
import { drill, type DrillPlace } from '@trailbell/cli/drill/drill';
import { verdictInWords } from '@trailbell/cli/drill/drill-in-words';
import { passTime } from '@trailbell/cli/drill/pass-time';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import type { DrillPlan } from '@trailbell/core/drill';
import { compileRules, type LoadedRule, type Rule } from '@trailbell/core/rule';
import { AwsRefusal, Clock, logOperations, startAwsApi, startDeployment } from '@trailbell/local';
import { expect, onTestFinished, test, vi } from 'vitest';
import { stubAwsEnvironment } from './support/aws-environment.ts';
import { ACCOUNT, AT_HAND, NOW_MS, REGION, RULES } from './support/healthy-account.ts';

const MINUTE_MS = 60_000;

function planned(drillId = 'd1', nowMs = NOW_MS): DrillPlan {
  const chosen = chooseDrill(RULES, undefined, drillId, nowMs);
  if ('problem' in chosen) throw new Error(chosen.problem);
  return chosen.plan;
}

/** A deployment on this machine, reached as one in AWS is. */
async function deploy(rules: readonly Rule[] = RULES) {
  const clock = new Clock(NOW_MS);
  const logGroupName = AT_HAND.stage.logGroupName;
  const deployment = await startDeployment({
    clock,
    rules: compileRules(rules, { version: NOW_MS }),
    ...{ accountId: ACCOUNT, region: REGION, logGroupName },
  });
  const api = await startAwsApi({
    'lambda:GetFunctionConfiguration': () => ({
      Environment: {
        Variables: { TRAILBELL_ALARM_TABLE: deployment.alarmTableName, TRAILBELL_LOG_GROUP: logGroupName },
      },
    }),
    ...logOperations({ [logGroupName]: { logGroup: deployment.logGroup, logStreamNames: [] } }),
  });
  stubAwsEnvironment(api.endpoint, { AWS_ENDPOINT_URL_DYNAMODB: deployment.dynamoDb.endpoint });
  const aws = openAwsClients(REGION);
  const place = await deployedPlace(aws, AT_HAND);
  if (place === undefined) throw new Error('nothing is deployed');
  onTestFinished(async () => {
    aws[Symbol.dispose]();
    await api[Symbol.asyncDispose]();
    await deployment[Symbol.asyncDispose]();
  });
  const hops: string[] = [];
  const inItsTime: DrillPlace = {
    ...place,
    nowMs: () => clock.nowMs(),
    sleep: (durationMs) => passTime(deployment, durationMs),
  };
  return {
    api,
    deployment,
    place: inItsTime,
    hops,
    hold: (plan: DrillPlan) =>
      drill(inItsTime, plan, (hop, afterMs) => hops.push(`${hop} ${Math.round(afterMs / 1000)}s`)),
  };
}

test('a drill rings the page, which says what it is, and follows it until it is over; it can be held again', async () => {
  const { api, deployment, hops, hold } = await deploy();
  const verdict = await hold(planned());
  expect(verdict.kind).toBe('passed');
  expect(hops).toEqual(['counted 5s', 'alarm-decided 5s', 'alarm-told 5s', 'ok-decided 300s', 'ok-told 300s']);
  expect(verdictInWords(verdict)).toBe('Passed: told after 5.0 s, and told that it is over.');
  const [incident] = deployment.pagerDuty.incidents();
  expect(incident?.resolvedAtMs).toBeDefined();
  const page = JSON.stringify(incident);
  expect(page).toContain('trailbell-drill-d1-0');
  expect(page).toContain('TRAILBELL DRILL d1: nothing happened');

  await passTime(deployment, 10 * MINUTE_MS);
  expect((await hold(planned('d2', deployment.clock.nowMs()))).kind).toBe('passed');
  expect(deployment.pagerDuty.incidents()).toHaveLength(2);

  // The table is reached with GetItem alone.
  expect([...new Set(api.calls.map(({ action }) => action))].sort()).toEqual(
    Object.keys(DRILL_CALLS)
      .filter((action) => action !== 'dynamodb:GetItem')
      .sort(),
  );
});

test('a drill reads the table, and writes to the log group alone', async () => {
  const { deployment, place } = await deploy([]);
  const operations: string[] = [];
  deployment.dynamoDb.onRequest(({ operation }) => operations.push(operation));
  await place.read({ rule: 'stop-logging', group: [] });
  expect(operations).toEqual(['GetItem']);
});

test('where the deployed rule is staged the drill says that its page is held back', async () => {
  const { hold, deployment } = await deploy(RULES.map((rule) => ({ ...rule, mode: 'stage' })));
  const verdict = await hold(planned());
  expect(verdict).toEqual({ kind: 'withheld' });
  expect(deployment.pagerDuty.incidents()).toEqual([]);
});

test('where nothing comes of the record the drill ends, and says which hop was not made', async () => {
  let nowMs = NOW_MS;
  const nothing: DrillPlace = {
    put: () => Promise.resolve(),
    read: () => Promise.resolve(undefined),
    nowMs: () => nowMs,
    sleep: (durationMs) => {
      nowMs += durationMs;
      return Promise.resolve();
    },
  };
  const verdict = await drill(nothing, planned(), () => undefined);
  expect(verdict).toEqual({ kind: 'stuck', hop: 'counted', waitedMs: 602_000 });
  expect(verdictInWords(verdict)).toMatch(/^Failed: after 602.0 s still not: the matcher has counted it. Perhaps /);
});

test('an alarm that is on is not drilled: nothing is put', async () => {
  const { hold, place, api } = await deploy();
  const plan = planned();
  await place.put(plan.records);
  await place.sleep(10_000);
  const before = api.calls.length;
  const verdict = await hold(plan);
  expect(verdict).toEqual({ kind: 'busy', why: 'it is on' });
  expect(api.calls.length).toBe(before);
});

/** Runs the command in this process. */
async function command(...args: Parameters<typeof drillCommand>) {
  const lines: string[] = [];
  const terminal = new Terminal();
  for (const method of ['line', 'note'] as const) {
    vi.spyOn(terminal, method).mockImplementation((text = '') => void lines.push(text));
  }
  const exitCode = await drillCommand(args[0], args[1], terminal);
  return { exitCode, lines };
}

test('the command holds a drill on this machine, without credentials', async () => {
  const { exitCode, lines } = await command('root-account-usage', { stage: 'production', local: true });
  expect(exitCode).toBe(0);
  expect(lines[0]).toBe('Drill of root-account-usage (critical): 1 marked record into aws-cloudtrail-logs');
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/ s {2}PagerDuty has opened the incident$/),
      expect.stringMatching(/ s {2}SNS has taken the ALARM$/),
      expect.stringMatching(/ s {2}PagerDuty has resolved the incident$/),
    ]) as unknown,
  );
  expect(lines.at(-1)).toMatch(/^Passed: told after 5.0 s/);
});

test('a drill that cannot be followed to its end says that its records were put', async () => {
  let reads = 0;
  await using api = await startAwsApi({
    'sts:GetCallerIdentity': () => ({ Account: ACCOUNT, Arn: '', UserId: '' }),
    'lambda:GetFunctionConfiguration': () => ({
      Environment: { Variables: { TRAILBELL_ALARM_TABLE: 'Alarms', TRAILBELL_LOG_GROUP: 'trail' } },
    }),
    'logs:CreateLogStream': () => ({}),
    'logs:PutLogEvents': () => ({}),
    'dynamodb:GetItem': () => {
      reads += 1;
      if (reads > 1) throw new AwsRefusal('ExpiredTokenException', 'the token is expired');
      return {};
    },
  });
  stubAwsEnvironment(api.endpoint);
  const { exitCode, lines } = await command('root-account-usage', { stage: 'production', yes: true });
  expect(lines).toContain('the token is expired');
  expect(lines.at(-1)).toMatch(/Its records were put: the page comes all the same/);
  expect(exitCode).toBe(1);
});

test('without --yes nobody is rung', async () => {
  const unconfirmed = await command('root-account-usage', { stage: 'production' });
  expect(unconfirmed.exitCode).toBe(2);
  expect(unconfirmed.lines[0]).toMatch(/^This would ring whoever is on call for root-account-usage \(critical\)/);
});

test('without a name the least severe rule that can be drilled is chosen; a rule that cannot be is named', () => {
  const [rule] = RULES;
  if (rule === undefined) throw new Error('there is no rule');
  const named = (name: string, change: Partial<LoadedRule>): LoadedRule => ({ ...rule, name, ...change });
  const rules = [rule, named('b', { severity: 'warning' }), named('a', { severity: 'info', mode: 'stage' })];
  expect(chooseDrill(rules, undefined, 'd1', NOW_MS)).toMatchObject({ rule: { name: 'b' } });
  expect(chooseDrill(rules, 'stop-logging', 'd1', NOW_MS)).toMatchObject({ plan: { rule: 'stop-logging' } });
  expect(chooseDrill(rules, 'a', 'd1', NOW_MS)).toEqual({
    problem: 'the rule a cannot be drilled: it is staged: it rings nobody',
  });
  expect(chooseDrill(rules, 'c', 'd1', NOW_MS)).toEqual({
    problem: 'there is no rule c in the configured folders',
  });
  expect(chooseDrill([], undefined, 'd1', NOW_MS)).toEqual({
    problem: 'none of the rules in the configured folders can be drilled',
  });
});

test('the policy in docs/drill.md is what a drill calls, and nothing else', () => {
  const docs = readFileSync(join(PROJECT_FOLDER, 'docs/drill.md'), 'utf8');
  const [, json = '{}'] = /```json\n(.*?)```/s.exec(docs) ?? [];
  const { Statement } = JSON.parse(json) as { readonly Statement: readonly { readonly Action: readonly string[] }[] };
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(Object.keys(DRILL_CALLS).sort());
});
