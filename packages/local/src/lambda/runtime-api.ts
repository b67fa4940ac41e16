/**
 * The Runtime API of one execution environment, as the runtime in it sees it.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { createServer } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What became of an invocation; `body` is the JSON that the runtime sent. */
export interface InvocationReport {
  readonly kind: 'response' | 'error';
  readonly requestId: string;
  readonly body: string;
}

/** Who is told what the runtime says, as it arrives. */
export interface RuntimeReports {
  readonly onNext: () => void;
  readonly onReport: (report: InvocationReport) => void;
  readonly onInitError: (body: string) => void;
}

const PATH = /^\/2018-06-01\/runtime\/(?:invocation\/(?<requestId>[^/]+)\/(?<report>response|error)|init\/error)$/;

/** A Runtime API on a port of its own, which is how its callers are told apart. */
export class RuntimeApi {
  #server: Server;
  #reports: RuntimeReports | undefined;
  #waiting: ServerResponse | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  /** AWS_LAMBDA_RUNTIME_API. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Says who is told; before the runtime is started. */
  reportTo(reports: RuntimeReports): void {
    this.#reports = reports;
  }

  /** Hands an event to the runtime, which must be waiting for one. */
  handOver(headers: OutgoingHttpHeaders, payload: string): void {
    if (this.#waiting === undefined) throw new Error('the runtime is not waiting for an event');
    this.#waiting.writeHead(200, { 'content-type': 'application/json', ...headers }).end(payload);
    this.#waiting = undefined;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/2018-06-01/runtime/invocation/next') {
      this.#waiting = response;
      this.#reports?.onNext();
      return;
    }
    const match = PATH.exec(request.url ?? '');
    if (match === null) {
      response.writeHead(404).end();
      return;
    }
    const body = await text(request);
    const { requestId, report } = match.groups ?? {};
    if (requestId === undefined) this.#reports?.onInitError(body);
    else this.#reports?.onReport({ kind: report === 'error' ? 'error' : 'response', requestId, body });
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  }
}
