import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The calls that SST's components make to the CLI that runs them. */
export type SstCalls = Readonly<Record<string, (input: never) => unknown>>;

/** Answers them at SST_SERVER. It keeps no process alive. */
export async function serveSstCalls(calls: SstCalls): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const { method, params } = JSON.parse(await text(request)) as { method: string; params: readonly never[] };
      const reply = await answer(calls, method, params);
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(reply));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answer(calls: SstCalls, method: string, params: readonly never[]): Promise<object> {
  const call = calls[method];
  if (call === undefined) return { error: `rpc: can't find method ${method}` };
  try {
    return { result: await call(params[0] as never) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
