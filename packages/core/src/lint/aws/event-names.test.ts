import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EVENT_SOURCES, eventNamesOf, hasEventName, isEventSource, sourcesOfEventName } from './event-names.ts';
import { OPEN_SOURCES, OTHER_EVENT_NAMES } from './other-event-names.ts';

test.each([
  ['iam.amazonaws.com', 'CreateUser'],
  ['s3.amazonaws.com', 'GetObject'],
  ['s3.amazonaws.com', 'PutBucketPublicAccessBlock'],
  ['ecr.amazonaws.com', 'PutImage'],
  ['ses.amazonaws.com', 'CreateEmailIdentity'],
  ['sso.amazonaws.com', 'CreatePermissionSet'],
  ['sso.amazonaws.com', 'Federate'],
  ['monitoring.amazonaws.com', 'DeleteAlarms'],
  ['sts.amazonaws.com', 'AssumeRoot'],
  ['signin.amazonaws.com', 'CredentialVerification'],
  ['lambda.amazonaws.com', 'CreateFunction20150331'],
  ['lambda.amazonaws.com', 'AddPermission20150331v2'],
  ['cloudfront.amazonaws.com', 'CreateDistribution2020_05_31'],
  ['autoscaling.amazonaws.com', 'TerminateInstanceInAutoScalingGroup'],
])('%s has %s', (source, name) => {
  expect(hasEventName(source, name)).toBe(true);
  expect(sourcesOfEventName(name)).toContain(source);
});

test.each([
  ['iam.amazonaws.com', 'GetObject'],
  ['iam.amazonaws.com', 'createUser'],
  ['lambda.amazonaws.com', 'CreateFunction2015'],
  ['s3.amazonaws.com', 'ListBucket'],
])('%s does not have %s', (source, name) => {
  expect(hasEventName(source, name)).toBe(false);
});

test('sources are hosts of AWS, and hosts that are no sources are not among them', () => {
  expect(EVENT_SOURCES.filter((source) => !/^[A-Za-z0-9.-]+\.amazonaws\.com$/.test(source))).toEqual([]);
  expect(['email', 'api.ecr', 'api.sagemaker'].filter((name) => isEventSource(`${name}.amazonaws.com`))).toEqual([]);
  expect(OPEN_SOURCES.every(isEventSource)).toBe(true);
  expect(eventNamesOf('nobody.amazonaws.com').size).toBe(0);
});

test('the list that is kept by hand has each name once in a source', () => {
  for (const [source, names] of Object.entries(OTHER_EVENT_NAMES)) {
    const list = names.split(' ');
    expect([source, list.filter((name, index) => list.indexOf(name) !== index)]).toEqual([source, []]);
    expect(list.filter((name) => !/^[A-Za-z0-9_]+$/.test(name))).toEqual([]);
  }
});

const CORPUS = resolve(import.meta.dirname, '../../../../../../shared/corpus/events.jsonl.gz');

interface CorpusLine {
  readonly origin: string;
  readonly event: { readonly eventSource?: string; readonly eventName?: string };
}

test.skipIf(!existsSync(CORPUS))(
  'every event that was captured from a trail is known (skipped where there is no corpus)',
  () => {
    const lines = gunzipSync(readFileSync(CORPUS)).toString('utf8').trimEnd().split('\n');
    const unknown = new Set<string>();
    for (const line of lines) {
      const { origin, event } = JSON.parse(line) as CorpusLine;
      const { eventSource, eventName } = event;
      if (origin !== 'captured' || eventSource === undefined || eventName === undefined) continue;
      if (!hasEventName(eventSource, eventName)) unknown.add(`${eventSource} ${eventName}`);
    }
    expect([...unknown]).toEqual([]);
    expect(lines.length).toBeGreaterThan(1000);
  },
);
