import { once } from 'node:events';
import { connect } from 'node:net';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  PutLogEventsCommand,
  type PutLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, onTestFinished, test } from 'vitest';
import type { PutLogEvent } from '../logs/index.ts';
import { logOperations, startAwsApi } from './index.ts';

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

async function start() {
  const put: (readonly [string, readonly PutLogEvent[]])[] = [];
  const logGroup = {
    putLogEvents(stream: string, events: readonly PutLogEvent[]) {
      if (events.some(({ message }) => message === 'too large'))
        throw new Error('InvalidParameterException: too large');
      put.push([stream, events]);
      return [];
    },
  };
  const logs = await startAwsApi(logOperations({ trail: { logGroup, logStreamNames: ['beats'] } }));
  const client = new CloudWatchLogsClient({ endpoint: logs.endpoint, region: 'eu-west-1', credentials: CREDENTIALS });
  onTestFinished(async () => {
    client.destroy();
    await logs[Symbol.asyncDispose]();
  });
  return { put, client, logs };
}

const PUT: PutLogEventsCommandInput = {
  logGroupName: 'trail',
  logStreamName: 'beats',
  logEvents: [{ message: 'one', timestamp: 1_773_221_400_000 }],
};

test('what the SDK puts arrives in the log group', async () => {
  const { put, client, logs } = await start();
  const { rejectedLogEventsInfo } = await client.send(new PutLogEventsCommand(PUT));
  expect(rejectedLogEventsInfo).toBeUndefined();
  expect(put).toEqual([['beats', PUT.logEvents]]);
  expect(logs.calls).toEqual([{ action: 'logs:PutLogEvents', input: PUT }]);
});

test.for<[what: string, change: Partial<PutLogEventsCommandInput>, error: string]>([
  ['a group that is not there', { logGroupName: 'other' }, 'ResourceNotFoundException'],
  ['a stream that nobody created', { logStreamName: 'other' }, 'ResourceNotFoundException'],
  ['no events', { logEvents: [] }, 'InvalidParameterException'],
  ['an event without a time', { logEvents: [{ message: 'm', timestamp: undefined }] }, 'InvalidParameterException'],
  [
    'an event that the group refuses',
    { logEvents: [{ message: 'too large', timestamp: 1 }] },
    'InvalidParameterException',
  ],
])('%s is refused, as by CloudWatch Logs', async ([, change, name]) => {
  const { put, client } = await start();
  await expect(client.send(new PutLogEventsCommand({ ...PUT, ...change }))).rejects.toMatchObject({ name });
  expect(put).toEqual([]);
});

test('a stream is created once, and takes events from then on', async () => {
  const { put, client } = await start();
  const mine = { logGroupName: 'trail', logStreamName: 'mine' };
  await client.send(new CreateLogStreamCommand(mine));
  await client.send(new PutLogEventsCommand({ ...PUT, ...mine }));
  expect(put).toEqual([['mine', PUT.logEvents]]);
  await expect(client.send(new CreateLogStreamCommand(mine))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
  });
});

test('no other operation is played', async () => {
  const { client } = await start();
  await expect(client.send(new DescribeLogStreamsCommand({ logGroupName: 'trail' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

test('a caller that is gone before it has sent its request leaves nothing behind, and others are answered', async () => {
  const { put, client, logs } = await start();
  const { hostname, port } = new URL(logs.endpoint);
  const socket = connect(Number(port), hostname);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  await once(socket, 'ready');
  socket.destroy();
  await client.send(new PutLogEventsCommand(PUT));
  expect(put).toHaveLength(1);
  expect(logs.calls).toHaveLength(1);
});
