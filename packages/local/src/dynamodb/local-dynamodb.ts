/** DynamoDB on this machine: dynalite behind a server that counts, watches and breaks. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { isJsonObject } from '@trailbell/core/json';
import { errorAnswer, requestOf } from './dynamodb-request.ts';
import type { DynamoDbAnswer, DynamoDbRequest } from './dynamodb-request.ts';
import { Engine } from './engine.ts';
import { FAULT_ANSWERS, Faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { TimeToLive } from './time-to-live.ts';
import { asAsked, askingForCapacity, Usage } from './usage.ts';

/** Sees each request as it arrives, before it is carried out or fails. */
export type RequestListener = (request: DynamoDbRequest) => void;

/** DynamoDB, as the tests hold it. */
export interface LocalDynamoDb extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL_DYNAMODB. */
  readonly endpoint: string;
  /** What a client of this endpoint is created with. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Makes coming requests fail. Faults of the same operation are met in the order in which they were added. */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  /** Breaks every connection without doing anything, until {@link LocalDynamoDb.comeBack}. */
  goDown(): void;
  comeBack(): void;
  /** Calls and consumed capacity by operation, since the start or the last reset. */
  readonly usage: Usage;
  /** Watches requests; returns what ends the watch. A request arrives complete, so killing its caller does not undo it. */
  onRequest(listener: RequestListener): () => void;
  /** Deletes the items that time to live has expired as of `nowMs`; returns how many. */
  expire(nowMs: number): Promise<number>;
  stop(): Promise<void>;
}

/** Starts an empty DynamoDB in memory on a free port of 127.0.0.1. */
export async function startDynamoDb(options: { readonly region?: string } = {}): Promise<LocalDynamoDb> {
  const { region = 'eu-central-1' } = options;
  const engine = new Engine();
  const timeToLive = new TimeToLive(engine);
  const faults = new Faults();
  const usage = new Usage();
  const listeners = new Set<RequestListener>();
  let isDown = false;

  const carryOut = async (request: DynamoDbRequest): Promise<DynamoDbAnswer> => {
    const timeToLiveAnswer = await timeToLive.answer(request);
    if (timeToLiveAnswer !== undefined) return timeToLiveAnswer;
    const answer = await engine.answer(askingForCapacity(request));
    usage.countCapacity(request, answer);
    return asAsked(request, answer);
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await text(incoming).catch(() => undefined);
    // A caller that was killed while it sent its request leaves nothing to carry out.
    if (body === undefined) return;
    const parameters: unknown = JSON.parse(body);
    if (!isJsonObject(parameters)) {
      send(outgoing, errorAnswer(400, 'SerializationException', 'the body is not a JSON object'));
      return;
    }
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const request = requestOf(operation, parameters);
    usage.countCall(request);
    for (const listener of listeners) listener(request);
    if (isDown) {
      outgoing.destroy();
      return;
    }
    const fault = faults.meet(request);
    switch (fault) {
      case undefined:
        send(outgoing, await carryOut(request));
        return;
      case 'throttling':
      case 'server error':
        send(outgoing, FAULT_ANSWERS[fault]);
        return;
      case 'lost answer':
        await carryOut(request);
        outgoing.destroy();
        return;
      case 'no answer':
        return;
    }
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      // A listener's failure is a test's failure; the caller must not wait for it.
      outgoing.destroy();
      throw error;
    });
  });
  // A handler's process stands still between invocations and could not see that its connection was closed meanwhile.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };

  return {
    endpoint,
    clientConfig: { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } },
    injectFault(fault) {
      faults.add(fault);
    },
    clearFaults() {
      faults.clear();
    },
    goDown() {
      isDown = true;
    },
    comeBack() {
      isDown = false;
    },
    usage,
    onRequest(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expire: (nowMs) => timeToLive.expire(nowMs),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function send(outgoing: ServerResponse, { status, body }: DynamoDbAnswer): void {
  const json = JSON.stringify(body);
  outgoing.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(json),
    'x-amz-crc32': crc32(json),
  });
  outgoing.end(json);
}
