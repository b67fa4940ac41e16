/**
 * The thread that speaks HTTP with the Runtime API while the handler's thread stands still. It also watches the parent process:
 * whatever the handler is busy with, no process outlives us.
 */
import { Agent, request } from 'node:http';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { RuntimeApiCall, RuntimeApiLink, RuntimeApiReply } from './runtime-api-link.ts';

const { port, answered } = workerData as RuntimeApiLink;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function send({ method, path, body }: RuntimeApiCall): Promise<RuntimeApiReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `http://${process.env.AWS_LAMBDA_RUNTIME_API ?? ''}/2018-06-01/runtime/invocation/${path}`,
      { method, agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

port.on('message', (call: RuntimeApiCall) => {
  send(call).then((reply) => {
    port.postMessage(reply);
    Atomics.store(answered, 0, 1);
    Atomics.notify(answered, 0);
  }, die);
});

// The parent holds the other end and never writes: it closes when the parent dies, however it dies.
new Socket({ fd: 0 }).on('end', die).on('error', die).resume();
