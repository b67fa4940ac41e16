/** How the handler's thread calls the Runtime API: it hands the call to another thread and stands still until the reply. */
import type { IncomingHttpHeaders } from 'node:http';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

/** One call; `path` is below `/2018-06-01/runtime/invocation/`. */
export interface RuntimeApiCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
}

/** What the Runtime API answered. */
export interface RuntimeApiReply {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the other thread is given: where calls come from, and the flag that it raises when the reply is there. */
export interface RuntimeApiLink {
  readonly port: MessagePort;
  readonly answered: Int32Array<SharedArrayBuffer>;
}

const { port1: port, port2 } = new MessageChannel();
const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const thread = new Worker(new URL('./runtime-api-thread.ts', import.meta.url), {
  workerData: { port: port2, answered } satisfies RuntimeApiLink,
  transferList: [port2],
  execArgv: [],
});
// Only the handler's own work keeps a process alive, as in Lambda.
thread.unref();
port.unref();

/** Calls the Runtime API. Until it answers nothing of this thread runs: no timer, no socket, no promise. */
export function callRuntimeApi(call: RuntimeApiCall): RuntimeApiReply {
  Atomics.store(answered, 0, 0);
  port.postMessage(call);
  Atomics.wait(answered, 0, 0);
  return (receiveMessageOnPort(port) as { readonly message: RuntimeApiReply }).message;
}
