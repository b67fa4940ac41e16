import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctorCommand, type DoctorOptions } from '@trailbell/cli/commands/doctor-command';
import { openAwsClients } from '@trailbell/cli/deployed/aws-clients';
import { identify } from '@trailbell/cli/deployed/identify';
import { stageAtHand } from '@trailbell/cli/deployed/stage-at-hand';
import { doctor } from '@trailbell/cli/doctor/doctor';
import { printDiagnoses } from '@trailbell/cli/doctor/print-diagnoses';
import { READS } from '@trailbell/cli/doctor/reads';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { Terminal } from '@trailbell/cli/terminal/terminal';
import { CHECKS, SELF_ALARMS, type Finding } from '@trailbell/core/doctor';
import { AwsRefusal, startAwsApi, type AwsInput, type AwsOperations } from '@trailbell/local';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { stubAwsEnvironment, stubNoCredentials } from './support/aws-environment.ts';
import { attribute, https, trail, missing, type Answer, type Change } from './support/changed-account.ts';
import { CASES } from './support/doctor-cases.ts';
import { ACCOUNT, AT_HAND, KEY, NOW_MS, REGION, RULES, healthyAccount } from './support/healthy-account.ts';
import { runTrailbell } from './support/run-trailbell.ts';
import { silentServer } from './support/silent-server.ts';

const HEALTHY = healthyAccount();
let account: AwsOperations = HEALTHY;
const api = await startAwsApi(
  Object.fromEntries(Object.keys(HEALTHY).map((action) => [action, (input) => account[action]?.(input) ?? {}])),
);
beforeEach(() => {
  stubAwsEnvironment(api.endpoint);
});
const aws = openAwsClients(REGION);
afterAll(async () => {
  aws[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
});

async function findings(changes: Readonly<Record<string, Change>>, atHand = AT_HAND): Promise<readonly Finding[]> {
  const changed = Object.entries(changes).map(([action, change]) => {
    const answer = HEALTHY[action];
    if (answer === undefined) throw new Error(`no such action: ${action}`);
    return [action, (input: AwsInput) => change(answer(input) as Answer, input)] as const;
  });
  account = { ...HEALTHY, ...Object.fromEntries(changed) };
  const diagnoses = await doctor(aws, atHand, { accountId: ACCOUNT, region: REGION }, RULES, NOW_MS);
  return diagnoses.flatMap((diagnosis) => diagnosis.findings);
}

const notWell = (all: readonly Finding[]) => all.filter(({ status }) => status !== 'ok');

test.for(CASES)('%s: %s', async ([code, seen, changes, also = []]) => {
  const found = notWell(await findings(changes));
  expect(found.map((finding) => finding.code).sort()).toEqual([code, ...also].sort());
  const finding = found.find((each) => each.code === code);
  expect(finding).toMatchObject({ seen: expect.stringMatching(seen) as string, docs: `docs/doctor.md#${code}` });
  expect(finding?.cure).toBeDefined();
});

test('a configuration that names other accounts asks for an organization trail', async () => {
  const config = { ...AT_HAND.config, accounts: { '444455556666': 'sandbox' } };
  const found = notWell(await findings({}, { ...AT_HAND, config }));
  expect(found.map(({ code }) => code)).toEqual(['trail-of-one-account']);
  expect(notWell(await findings(trail({ IsOrganizationTrail: true }), { ...AT_HAND, config }))).toEqual([]);
});

test('every check is made to find something', () => {
  const codes = Object.values(CHECKS).flatMap((checks) => checks.map(({ code }) => code));
  const tried = new Set([...CASES.map(([code]) => code), 'trail-of-one-account']);
  expect([...tried].sort()).toEqual([...codes].sort());
  expect(codes.length).toBeGreaterThan(25);
});

test('in an account that is well every check says so, and none of the calls writes', async () => {
  const before = api.calls.length;
  const found = await findings({});
  expect(found.filter(({ status }) => status !== 'ok')).toEqual([]);
  const made = new Set(api.calls.slice(before).map(({ action }) => action));
  expect([...made].sort()).toEqual(Object.keys(READS).sort());
  for (const action of made) expect(action).toMatch(/^\w+:(Get|List|Describe)[A-Z]\w+$/);
});

test('the policy in docs/doctor.md is what doctor calls, and nothing else', () => {
  const docs = readFileSync(join(PROJECT_FOLDER, 'docs/doctor.md'), 'utf8');
  const [, json = '{}'] = /```json\n(.*?)```/s.exec(docs) ?? [];
  const { Statement } = JSON.parse(json) as { readonly Statement: readonly { readonly Action: readonly string[] }[] };
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(Object.keys(READS).sort());
});

test('docs/doctor.md has a part for every check', () => {
  const docs = readFileSync(join(PROJECT_FOLDER, 'docs/doctor.md'), 'utf8');
  const parts = Array.from(docs.matchAll(/^### (.+)$/gm), ([, code]) => code);
  expect(parts).toEqual(Object.values(CHECKS).flatMap((checks) => checks.map(({ code }) => code)));
});

test('the self-alarms are those that the runbook has parts for, and stacks/ makes', () => {
  const runbook = readFileSync(join(PROJECT_FOLDER, 'docs/runbook.md'), 'utf8');
  expect(Array.from(runbook.matchAll(/^## ([a-z-]+)$/gm), ([, name]) => name).sort()).toEqual([...SELF_ALARMS].sort());
  const source = readFileSync(join(PROJECT_FOLDER, 'stacks/self-alarms.ts'), 'utf8');
  for (const name of SELF_ALARMS) expect(source).toContain(`'${name}': `);
});

test('what doctor takes for granted of a deployment is what stacks/ deploys', async () => {
  const source = (file: string) => readFileSync(join(PROJECT_FOLDER, file), 'utf8');
  const functions = source('stacks/pipeline-function.ts');
  expect(functions).toContain("runtime: 'nodejs24.x'");
  expect(functions).toContain('`${prefix}-${name.toLowerCase()}`');
  expect(source('stacks/subscription.ts')).toContain('{ name: prefix, logGroup');
  const atHand = await stageAtHand('any');
  expect('prefix' in atHand && atHand.prefix).toBe('trailbell-any');
  expect(source('sst.config.ts')).toContain("name: 'trailbell'");
});

test.for(Object.keys(READS))('without %s doctor says what it needs, and goes on', async (action) => {
  const code = action.startsWith('sns:') ? 'AuthorizationError' : 'AccessDeniedException';
  const found = await findings({
    [action]: () => {
      throw new AwsRefusal(code, `not authorized to perform: ${action}`, action.startsWith('sns:') ? 403 : 400);
    },
  });
  const unknown = notWell(found);
  expect(unknown.length).toBeGreaterThan(0);
  for (const { status, seen, cure } of unknown) {
    expect({ status, seen }).toEqual({ status: 'unknown', seen: `could not look: needs ${action}` });
    expect(cure).toContain(action);
  }
});

test('an answer that is an error is a finding, not a crash', async () => {
  const found = notWell(
    await findings({
      'kms:GetKeyPolicy': () => {
        throw new AwsRefusal('KMSInvalidStateException', 'the key is pending');
      },
    }),
  );
  expect(found.map(({ status, seen }) => [status, seen])).toContainEqual([
    'unknown',
    'could not look: KMSInvalidStateException: the key is pending',
  ]);
});

test('an AWS that never answers is not waited for without end', async () => {
  await using silent = await silentServer();
  vi.stubEnv('AWS_ENDPOINT_URL', silent.endpoint);
  using waiting = openAwsClients(REGION, 30);
  const identity = await identify(waiting, AT_HAND.stage);
  expect(identity).toMatchObject({
    kind: 'unusable',
    why: [expect.stringMatching(/30 ?ms/), expect.any(String), expect.any(String)],
  });
});

test('no URL of an integration is shown', async () => {
  const found = await findings({
    'sns:GetSubscriptionAttributes': attribute('Endpoint', `https://events.pagerduty.com/v2/${KEY}`, https),
  });
  expect(JSON.stringify(found)).not.toContain(KEY.slice(1));
});

test('credentials for another account than the stage is in are refused', async () => {
  account = HEALTHY;
  expect(await identify(aws, { name: 'production', account: '999988887777' })).toEqual({
    kind: 'unusable',
    why: [
      'these credentials are for the account 111122223333, and trailbell.config.ts says that production is in 999988887777',
    ],
  });
  const known = { kind: 'known', accountId: ACCOUNT, region: REGION };
  expect(await identify(aws, { name: 'production', account: ACCOUNT })).toEqual(known);
});

/** What the command writes, run in this process. */
async function command(options: DoctorOptions) {
  const lines: string[] = [];
  const terminal = new Terminal();
  for (const method of ['line', 'note'] as const) {
    vi.spyOn(terminal, method).mockImplementation((text = '') => void lines.push(text));
  }
  vi.spyOn(terminal, 'write').mockImplementation((text) => Promise.resolve(void lines.push(text)));
  return { exitCode: await doctorCommand(options, terminal), lines };
}

test('the command prints the findings as JSON, and exits with 1 where something is not well', async () => {
  account = { ...HEALTHY, 'lambda:GetFunctionConfiguration': (input) => missing({}, input) };
  const { exitCode, lines } = await command({ stage: 'production', json: true });
  expect(exitCode).toBe(1);
  expect(JSON.parse(lines.join(''))).toMatchObject({
    stage: 'production',
    accountId: ACCOUNT,
    region: REGION,
    findings: expect.arrayContaining([
      expect.objectContaining({ about: 'The functions', code: 'not-deployed', status: 'warning' }),
    ]) as unknown,
  });
});

test('the checklist marks what is well and what is not, and what a resource says cannot steer the terminal', async () => {
  account = { ...HEALTHY, 'lambda:GetFunctionConfiguration': (input) => missing({}, input) };
  const diagnoses = await doctor(aws, AT_HAND, { accountId: ACCOUNT, region: REGION }, RULES, NOW_MS);
  const odd: Finding = {
    code: 'odd',
    status: 'error',
    seen: 'held by \u001b[2Jx',
    cure: 'look',
    docs: 'docs/doctor.md#odd',
  };
  const lines: string[] = [];
  const terminal = new Terminal();
  vi.spyOn(terminal, 'line').mockImplementation((text = '') => void lines.push(text));
  printDiagnoses(terminal, [...diagnoses, { about: 'Oddities', findings: [odd] }]);
  expect(lines.slice(0, 2)).toEqual(['The trail', '  ✓ the trail everything delivers to aws-cloudtrail-logs']);
  expect(lines).toContain(
    '  ! trailbell-production is not deployed to 111122223333 in eu-west-1: what belongs to it was not looked at [not-deployed]',
  );
  expect(lines).toContain('      docs/doctor.md#not-deployed');
  expect(lines.find((line) => line.startsWith('  ✗'))).toMatch(/^ {2}✗ held by .*\[2Jx \[odd\]$/);
  expect(lines.join('')).not.toContain('\u001b');
  expect(lines.at(-1)).toMatch(/^\d+ well, 1 warning, 1 error\.$/);
});

test('without credentials the command says so, and exits with 2', async () => {
  stubNoCredentials();
  const { exitCode, stdout, stderr } = await runTrailbell(['doctor']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^AWS cannot be asked: Could not load credentials.*\nSet credentials and a region: /);
});

test('without a region the command says so, and exits with 2', async () => {
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
  const { exitCode, lines } = await command({ stage: 'production' });
  expect(exitCode).toBe(2);
  expect(lines[0]).toBe('AWS cannot be asked: Region is missing');
});

const SAMPLES = join(PROJECT_FOLDER, '../shared/corpus/aws-samples');
test.skipIf(!existsSync(SAMPLES))(
  'the AWS CLI’s own samples are read (skipped where they are not at hand)',
  async () => {
    const sample = (name: string) => {
      const { sample: outputs } = JSON.parse(readFileSync(join(SAMPLES, name), 'utf8')) as {
        readonly sample: { readonly outputs: readonly object[] };
      };
      return outputs.outputs[0] ?? {};
    };
    const stage = { ...AT_HAND.stage, logGroupName: 'CloudTrail' };
    account = {
      ...HEALTHY,
      'cloudtrail:DescribeTrails': () => sample('aws-cli.cloudtrail.describe-trails.json'),
      'cloudtrail:GetEventSelectors': () => sample('aws-cli.cloudtrail.get-event-selectors.json'),
    };
    using inVirginia = openAwsClients('us-east-1');
    const where = { accountId: '123456789012', region: 'us-east-1' };
    const [about] = await doctor(inVirginia, { ...AT_HAND, stage }, where, RULES, NOW_MS);
    expect(about?.findings.filter(({ status }) => status !== 'ok').map(({ code }) => code)).toEqual([
      'trail-one-region',
      'trail-without-validation',
    ]);
  },
);
