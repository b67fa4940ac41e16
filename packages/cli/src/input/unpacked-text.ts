import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The lines of a stream that may be packed with gzip, which its first two bytes tell. Rejects where packed data is damaged. */
export async function* unpackedText(source: Readable): AsyncIterable<string> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const first = await firstBytes(chunks);
  const whole = Readable.from(joined(first, chunks), { objectMode: false });
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* lines(whole);
    return;
  }
  const gunzip = createGunzip();
  whole.on('error', (error) => gunzip.destroy(error));
  try {
    yield* lines(whole.pipe(gunzip));
  } catch (error) {
    throw new Error(`the gzip data is damaged: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  while (bytes.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    bytes = Buffer.concat([bytes, next.value]);
  }
  return bytes;
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

/** Without their line ends, and without a byte order mark. */
async function* lines(bytes: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const chunk of bytes) {
    const [tail = '', ...whole] = decoder.decode(chunk, { stream: true }).split('\n').reverse();
    for (const end of whole.reverse()) {
      yield withoutReturn(parts.join('') + end);
      parts = [];
    }
    parts.push(tail);
  }
  const last = parts.join('') + decoder.decode();
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
