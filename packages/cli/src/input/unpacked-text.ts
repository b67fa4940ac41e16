import { constants } from 'node:buffer';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf } from '../terminal/message-of.ts';

/** The lines of a stream that may be packed with gzip, which its first two bytes tell. Rejects where packed data is damaged. */
export async function* unpackedText(source: Readable): AsyncIterable<string> {
  for await (const lines of unpackedLines(source)) yield* lines;
}

/** The same lines, as many at a time as come with a chunk of the stream. Whoever stops early closes the stream. */
export function unpackedLines(source: Readable): AsyncIterable<readonly string[]> {
  return linesOf(unpackedParts(source));
}

/** The same text as it comes, cut anywhere, without a byte order mark. Whoever stops early closes the stream. */
export async function* unpackedParts(source: Readable): AsyncIterable<string> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  try {
    const first = await firstBytes(chunks);
    const whole = joined(first, chunks);
    const decoder = new TextDecoder();
    for await (const bytes of first[0] === 0x1f && first[1] === 0x8b ? unpacked(whole) : whole) {
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } finally {
    source.destroy();
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

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  const bytes = Readable.from(packed, { objectMode: false });
  bytes.on('error', (error) => gunzip.destroy(error));
  try {
    yield* bytes.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new Error(`the gzip data is damaged: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    bytes.destroy();
  }
}

/** Without their line ends. */
async function* linesOf(text: AsyncIterable<string>): AsyncIterable<readonly string[]> {
  let parts: string[] = [];
  let partsLength = 0;
  for await (const part of text) {
    const lines = part.split('\n');
    const [head = ''] = lines;
    partsLength += head.length;
    if (partsLength > constants.MAX_STRING_LENGTH) throw new Error('a line is too long to be read');
    parts.push(head);
    if (lines.length === 1) continue;
    lines[0] = parts.join('');
    const tail = lines.pop() ?? '';
    parts = [tail];
    partsLength = tail.length;
    yield lines.map(withoutReturn);
  }
  const last = parts.join('');
  if (last !== '') yield [withoutReturn(last)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
