import { createServer, get, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';
import type { Clock } from '../clock/clock.ts';
import { listenOnLoopback, stopServer } from './loopback.ts';

/** One request as it reached a test's subscriber. */
export interface Received {
  readonly atMs: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as an object, empty where it isn't one. */
  readonly json: JsonObject;
}

/** For tests: an HTTP subscriber that confirms what it is asked to, writes down the rest, and answers as it is told. */
export interface RecordingSubscriber {
  readonly url: string;
  readonly confirmations: readonly Received[];
  readonly notifications: readonly Received[];
  /** How many requests there were at one time, at most. */
  greatestConcurrency(): number;
  /** The answers to the next notifications, then 200 again. `hang` never answers. */
  answerWith(...answers: readonly (number | 'hang' | { readonly durationMs: number })[]): void;
  stop(): Promise<void>;
}

/** Starts a subscriber; `createTransport` lets it speak HTTPS. */
export async function startRecordingSubscriber(
  clock: Clock,
  createTransport: (listener: RequestListener) => Server = (listener) => createServer(listener),
): Promise<RecordingSubscriber> {
  const confirmations: Received[] = [];
  const notifications: Received[] = [];
  const answers: (number | 'hang' | { readonly durationMs: number })[] = [];
  let [underway, greatestConcurrency] = [0, 0];
  const server = createTransport((request, response) => {
    greatestConcurrency = Math.max(greatestConcurrency, ++underway);
    response.on('close', () => underway--);
    clock.run(async () => {
      const { headers } = request;
      const body = await text(request);
      const parsed = parseJson(body);
      const received = { atMs: clock.nowMs(), headers, body, json: isJsonObject(parsed) ? parsed : {} };
      const isConfirmation = headers['x-amz-sns-message-type'] === 'SubscriptionConfirmation';
      (isConfirmation ? confirmations : notifications).push(received);
      if (isConfirmation) await visit(String(received.json.SubscribeURL));
      // Leaves room for other requests that might be on their way.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      const answer = isConfirmation ? 200 : (answers.shift() ?? 200);
      if (answer === 'hang') return;
      if (typeof answer === 'object') response.setHeader('x-simulated-duration-ms', answer.durationMs);
      response.writeHead(typeof answer === 'number' ? answer : 200).end();
    });
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/hook`,
    confirmations,
    notifications,
    greatestConcurrency: () => greatestConcurrency,
    answerWith: (...next) => answers.push(...next),
    stop: async () => {
      if (server.listening) await stopServer(server);
    },
  };
}

function visit(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}
