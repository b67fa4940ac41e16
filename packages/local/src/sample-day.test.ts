import { readFileSync } from 'node:fs';
import { compilePattern, parseEvent, parsePattern } from '@trailbell/core/pattern';
import { loadRules } from '@trailbell/core/rule';
import { expect, test } from 'vitest';
import { expectedIncidents, type ExpectedIncident } from '../sample-day/expected-incidents.ts';
import { generateRecords } from '../sample-day/generate.ts';

interface UserIdentity {
  readonly type?: string;
  readonly arn?: string;
  readonly accessKeyId?: string;
  readonly invokedBy?: string;
  readonly [field: string]: unknown;
}

interface SampleRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventType: string;
  readonly recipientAccountId: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly errorCode?: string;
  readonly sourceIPAddress?: string;
  readonly userIdentity?: UserIdentity;
  readonly responseElements?: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly addendum?: { readonly reason: string };
  readonly [field: string]: unknown;
}

const committed = readFileSync(new URL('../sample-day/records.jsonl', import.meta.url), 'utf8');
const lines = committed.trimEnd().split('\n');
const records = lines.map((line) => JSON.parse(line) as SampleRecord);
const distinct = [...new Map(records.map((record) => [record.eventID, record])).values()];

const MINUTE_MS = 60_000;
const timeMs = (record: SampleRecord) => Date.parse(record.eventTime);

test('generating the day again gives the committed file, byte for byte', () => {
  expect(generateRecords() === committed, 'run: node packages/local/sample-day/generate.ts').toBe(true);
});

test('a few hundred records, one a line, all within the day', () => {
  expect(records.length).toBeGreaterThan(350);
  expect(records.length).toBeLessThan(550);
  for (const { eventTime } of records) expect(eventTime).toMatch(/^2026-03-11T([01]\d|2[0-3])(:[0-5]\d){2}Z$/);
});

test('every record has the fields that its kind always has', () => {
  const always = ['eventVersion', 'eventTime', 'awsRegion', 'eventID', 'eventType', 'recipientAccountId'];
  const ofCalls = ['userIdentity', 'eventSource', 'eventName', 'sourceIPAddress', 'userAgent'];
  for (const record of records) {
    const insight = record.eventType === 'AwsCloudTrailInsight';
    for (const field of [...always, ...(insight ? ['insightDetails'] : ofCalls)]) expect(record).toHaveProperty(field);
    if (insight) for (const field of ofCalls) expect(record).not.toHaveProperty(field);
    if (record.eventType === 'AwsApiCall') expect(record).toHaveProperty('requestID');
    expect(record.eventID).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(record.eventType).toMatch(/^Aws(ApiCall|ServiceEvent|ConsoleSignIn|CloudTrailInsight|VpceEvent)$/);
    expect(['111122223333', '444455556666', '777788889999']).toContain(record.recipientAccountId);
  }
});

test('three records are delivered twice, as the very same line, and no other event ID comes back', () => {
  const again = lines
    .filter((line, index) => lines.indexOf(line) !== index)
    .map((line) => JSON.parse(line) as SampleRecord);
  expect(again.map(({ eventName }) => eventName)).toEqual([
    'GetAccountAuthorizationDetails',
    'DescribeSubnets',
    'AttachRolePolicy',
  ]);
  expect(distinct).toHaveLength(records.length - again.length);
});

test('records come in the order of delivery: at most a minute and a half out of order, but for those that are late', () => {
  let latestMs = 0;
  const late: (string | undefined)[] = [];
  for (const record of records) {
    latestMs = Math.max(latestMs, timeMs(record));
    if (latestMs - timeMs(record) > 1.5 * MINUTE_MS) late.push(record.eventName);
  }
  expect(late).toEqual([
    'GetAccountAuthorizationDetails',
    'GetQueueAttributes',
    'DescribeVpcs',
    'AttachRolePolicy',
    undefined,
    undefined,
  ]);
});

test('every address is private, a service or kept for documentation, and every access key says EXAMPLE', () => {
  const documentation = /^(192\.0\.2|198\.51\.100|203\.0\.113|10\.20\.4)\.\d+$/;
  for (const { sourceIPAddress = 'AWS Internal', userIdentity } of records) {
    expect(sourceIPAddress).toMatch(
      /^\d/.test(sourceIPAddress) ? documentation : /^([a-z0-9.]+\.amazonaws\.com|AWS Internal)$/,
    );
    if (userIdentity?.accessKeyId) expect(userIdentity.accessKeyId).toMatch(/^A[KS]IA[A-Z2-7]{9}EXAMPLE$/);
  }
  expect(committed.match(/\bA(KIA|SIA|IDA|ROA)[A-Z0-9]{9,}(?<!EXAMPLE)\b/g)).toBeNull();
});

const refused = ({ errorCode = '' }: SampleRecord) =>
  errorCode.startsWith('AccessDenied') || errorCode.endsWith('UnauthorizedOperation');

test.each<[shape: string, is: (record: SampleRecord) => boolean]>([
  ['a change of a policy that is refused', (r) => refused(r) && r.eventName === 'AttachUserPolicy'],
  ['a CreatePolicy that is not of IAM', (r) => r.eventName === 'CreatePolicy' && r.eventSource !== 'iam.amazonaws.com'],
  [
    'a sign-in through Identity Center that says MFAUsed No',
    (r) =>
      r.eventName === 'ConsoleLogin' &&
      r.userIdentity?.type === 'AssumedRole' &&
      r.additionalEventData?.MFAUsed === 'No',
  ],
  ['a sign-in that fails', (r) => r.responseElements?.ConsoleLogin === 'Failure'],
  ['a failed sign-in with a hidden user name', (r) => r.userIdentity?.userName === 'HIDDEN_DUE_TO_SECURITY_REASONS'],
  [
    'a call that a service makes as root',
    (r) => r.userIdentity?.type === 'Root' && r.userIdentity.invokedBy !== undefined,
  ],
  [
    'an event of a service about the root user',
    (r) =>
      r.userIdentity?.type === 'Root' && r.userIdentity.invokedBy === undefined && r.eventType === 'AwsServiceEvent',
  ],
  ['a service that acts on its own behalf', (r) => r.userIdentity?.type === 'AWSService'],
  ['an identity without a type', (r) => r.userIdentity !== undefined && r.userIdentity.type === undefined],
  ['a principal of another account', (r) => r.userIdentity?.type === 'AWSAccount'],
  ['a web identity', (r) => r.userIdentity?.type === 'WebIdentityUser'],
  ['an Identity Center user', (r) => r.userIdentity?.type === 'IdentityCenterUser'],
  ['an Insights event', (r) => r.eventType === 'AwsCloudTrailInsight'],
  ['a network activity event', (r) => r.eventType === 'AwsVpceEvent'],
  ['a call through a VPC endpoint', (r) => r.vpcEndpointId !== undefined],
  ['a refusal of a service', (r) => refused(r) && r.userIdentity?.invokedBy !== undefined],
  [
    'a HeadBucket of log delivery that is refused',
    (r) => refused(r) && r.eventName === 'HeadBucket' && r.sourceIPAddress === 'delivery.logs.amazonaws.com',
  ],
  ['an error that is no refusal', (r) => r.errorCode === 'Client.InvalidInstanceID.NotFound'],
  ['an addendum', (r) => r.addendum?.reason === 'UPDATED_DATA'],
  ['a record without readOnly', (r) => r.eventType === 'AwsApiCall' && r.readOnly === undefined],
  ['request parameters that are null', (r) => r.requestParameters === null],
  [
    'request parameters that were too big',
    (r) => (r.requestParameters as { omitted?: unknown } | null | undefined)?.omitted === true,
  ],
  ['a record of over ten kilobytes', (r) => JSON.stringify(r).length > 10_000],
  ['text beyond ASCII', (r) => /[^\p{ASCII}]/u.test(JSON.stringify(r))],
  ['a call from the console', (r) => r.sessionCredentialFromConsole === 'true'],
  ['TLS details', (r) => r.tlsDetails !== undefined],
])('the day has %s', (_shape, is) => {
  expect(records.some(is)).toBe(true);
});

test('an event in two trails has one shared ID, and an event ID for each account', () => {
  const shared = Map.groupBy(
    distinct.filter(({ eventName }) => eventName === 'AssumeRole'),
    (record) => record.sharedEventID,
  );
  shared.delete(undefined);
  expect(shared.size).toBe(2);
  for (const pair of shared.values()) {
    expect(new Set(pair.map(({ requestID }) => requestID)).size).toBe(1);
    expect(pair.map(({ recipientAccountId }) => recipientAccountId).toSorted()).toEqual([
      '111122223333',
      '444455556666',
    ]);
  }
});

const policyChange =
  /^((Put|Delete)(Group|Role|User)Policy|(Create|Delete)Policy(Version)?|(Attach|Detach)(Role|User|Group)Policy)$/;
const trailChange = /^((Create|Update|Delete)Trail|(Start|Stop)Logging|PutInsightSelectors)$/;
const bucketChange =
  /^((Put|Delete)Bucket(Policy|Cors|Lifecycle|Replication)|PutBucket(Acl|OwnershipControls)|DeleteBucketPublicAccessBlock)$/;

/** What each rule means, in plain code. */
const meaning: Readonly<Record<string, (record: SampleRecord) => boolean>> = {
  'unauthorized-api-calls': (record) =>
    refused(record) &&
    record.userIdentity?.invokedBy === undefined &&
    record.userIdentity?.type !== 'AWSAccount' &&
    !(record.sourceIPAddress ?? '').endsWith('.amazonaws.com'),
  'console-sign-in-without-mfa': ({ eventName, userIdentity, responseElements, additionalEventData }) =>
    eventName === 'ConsoleLogin' &&
    userIdentity?.type === 'IAMUser' &&
    responseElements?.ConsoleLogin === 'Success' &&
    additionalEventData?.MFAUsed !== 'Yes',
  'root-account-usage': ({ userIdentity, eventType }) =>
    userIdentity?.type === 'Root' && userIdentity.invokedBy === undefined && eventType !== 'AwsServiceEvent',
  'iam-policy-changes': ({ eventSource, eventName = '', errorCode }) =>
    eventSource === 'iam.amazonaws.com' && errorCode === undefined && policyChange.test(eventName),
  'cloudtrail-configuration-changes': ({ eventName = '' }) => trailChange.test(eventName),
  's3-bucket-policy-changes': ({ eventSource, eventName = '', errorCode }) =>
    eventSource === 's3.amazonaws.com' && errorCode === undefined && bucketChange.test(eventName),
};

test.each(Object.entries(meaning))('%s, as shipped, matches the records that it means', (name, means) => {
  const path = `rules/cis/${name}.yaml`;
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const pattern = compilePattern(parsePattern(loadRules([{ path, text }]).rules[0]?.filterPattern ?? ''));
  const matched = records.filter((_record, index) => pattern.matchesEvent(parseEvent(lines[index] ?? '')));
  expect(matched.map(({ eventID }) => eventID)).toEqual(records.filter(means).map(({ eventID }) => eventID));
});

/** Runs of one principal's matches, less than five minutes apart; refusals ring from the tenth on. */
function incidentsOf(rule: string, matches: (record: SampleRecord) => boolean): Omit<ExpectedIncident, 'actor'>[] {
  const counted = rule === 'unauthorized-api-calls';
  const found = distinct.filter(matches).toSorted((one, other) => timeMs(one) - timeMs(other));
  const groups = Map.groupBy(found, (record) => `${record.recipientAccountId} ${record.userIdentity?.arn ?? ''}`);
  const runs = [...groups.values()].flatMap((group) =>
    group.reduce<SampleRecord[][]>((soFar, record) => {
      const run = soFar.at(-1);
      const last = run?.at(-1);
      if (run && last && timeMs(record) - timeMs(last) < 5 * MINUTE_MS) run.push(record);
      else soFar.push([record]);
      return soFar;
    }, []),
  );
  return runs.flatMap((run) => {
    const [first, last] = [run.at(0), run.at(-1)];
    if (!first || !last || (counted && run.length < 10)) return [];
    const clock = (record: SampleRecord) => record.eventTime.slice(11, 19);
    return [
      { rule, accountId: first.recipientAccountId, firstAt: clock(first), lastAt: clock(last), events: run.length },
    ];
  });
}

test('the day tells the incidents that the table expects, and no other', () => {
  const found = Object.entries(meaning)
    .flatMap(([rule, matches]) => incidentsOf(rule, matches))
    .toSorted((one, other) => (one.firstAt < other.firstAt ? -1 : 1));
  expect(found).toEqual(
    expectedIncidents.map(({ rule, accountId, firstAt, lastAt, events }) => ({
      rule,
      accountId,
      firstAt,
      lastAt,
      events,
    })),
  );
});

test('apart from the incidents, no principal is refused more than three times in five minutes', () => {
  const byPrincipal = Map.groupBy(distinct.filter(refused), ({ userIdentity }) => JSON.stringify(userIdentity));
  for (const [principal, refusals] of byPrincipal) {
    if (/m\.oduya|node-tagger/.test(principal)) continue;
    for (const first of refusals) {
      const soon = refusals.filter(
        (other) => timeMs(other) >= timeMs(first) && timeMs(other) < timeMs(first) + 5 * MINUTE_MS,
      );
      expect(soon.length, principal).toBeLessThanOrEqual(3);
    }
  }
});

test('the records of an incident name the actor that the table expects', () => {
  for (const { rule, accountId, actor, firstAt } of expectedIncidents) {
    const first = distinct
      .filter((record) => meaning[rule]?.(record))
      .find(({ eventTime, recipientAccountId }) => eventTime.includes(firstAt) && recipientAccountId === accountId);
    expect(first?.userIdentity?.arn, `${rule} at ${firstAt}`).toContain(actor);
  }
});

test('the README lists the same incidents, in the same order', () => {
  const readme = readFileSync(new URL('../sample-day/README.md', import.meta.url), 'utf8');
  const rows = readme
    .split('\n')
    .filter((line) => /^\| \d\d:/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map((cells) => cells.slice(1, 6).map((cell) => cell.replace(/ \(\w+\)$/, '')))).toEqual(
    expectedIncidents.map(({ firstAt, lastAt, rule, accountId, actor, events }) => [
      `${firstAt} – ${lastAt}`,
      rule,
      accountId,
      actor,
      String(events),
    ]),
  );
});
