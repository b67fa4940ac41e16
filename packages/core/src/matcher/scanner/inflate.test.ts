/** The scanner's own inflate against zlib: what it unpacks is what zlib unpacks, and what zlib refuses it does not unpack. */
import { constants, deflateRawSync, gunzipSync, gzipSync, crc32, type ZlibOptions } from 'node:zlib';
import { expect, test } from 'vitest';
import { Chances } from '../test/chances.ts';
import { buildImage } from './build-image.ts';
import { Scanner } from './scanner.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const scanner = Scanner.open(buildImage([]));

/** Undefined where the scanner leaves the data to zlib. */
function unpack(packed: Uint8Array): Buffer | undefined {
  const unpacked = scanner?.scanGzip(packed, 'payload', MAX_BYTES);
  return unpacked && Buffer.from(unpacked.bytes);
}

function gunzipped(packed: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_BYTES });
  } catch {
    return undefined;
  }
}

/** One gzip member around deflate data. */
function member(deflated: Uint8Array, text: Uint8Array): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text));
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), deflated, trailer]);
}

const KINDS: readonly ((chances: Chances, length: number) => Buffer)[] = [
  (chances, length) => Buffer.from(Array.from({ length }, () => chances.below(256))),
  (chances, length) => Buffer.from(Array.from({ length }, () => 97 + chances.below(3))),
  (chances, length) => Buffer.alloc(length, chances.below(256)),
  (chances, length) => Buffer.alloc(length, 'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + chances.below(26))),
  (chances, length) =>
    Buffer.from(
      Array.from({ length: Math.ceil(length / 40) }, () => `{"id":"${chances.below(1e9)}","name":"Put"}`).join(','),
    ),
  // Literals of very different frequency: codes of up to fifteen bits.
  (chances, length) => Buffer.from(Array.from({ length }, () => Math.floor(Math.log2(1 + chances.below(2 ** 30))) * 7)),
];

const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
];

function options(chances: Chances): ZlibOptions {
  return { level: chances.below(10), strategy: chances.pick(STRATEGIES), memLevel: 1 + chances.below(9) };
}

test('the scanner unpacks what zlib packed, of every level and strategy, to the same bytes', () => {
  const chances = new Chances(4);
  for (let round = 0; round < 400; round++) {
    const length = chances.pick([0, 1, 2, 15, 16, 17, 100, 1000, 10_000, chances.below(70_000)]);
    const text = chances.pick(KINDS)(chances, length);
    expect(unpack(gzipSync(text, options(chances)))?.equals(text)).toBe(true);
  }
});

test('damaged data is unpacked only to what zlib unpacks it to', () => {
  const chances = new Chances(5);
  const text = KINDS[4]?.(chances, 3000) ?? Buffer.alloc(0);
  let unpackedCount = 0;
  for (let round = 0; round < 3000; round++) {
    const damaged = gzipSync(text, options(chances));
    const times = 1 + chances.below(3);
    for (let time = 0; time < times; time++) damaged[chances.below(damaged.length)] = chances.below(256);
    const mine = unpack(damaged);
    if (mine === undefined) continue;
    unpackedCount++;
    expect(gunzipped(damaged)?.equals(mine)).toBe(true);
  }
  expect(unpackedCount).toBeGreaterThan(0);
});

test('deflate data of chance bytes with a true checksum ends within the output, and is never unpacked to anything else', () => {
  const chances = new Chances(6);
  for (let round = 0; round < 3000; round++) {
    const text = Buffer.alloc(chances.below(500));
    const deflated = Buffer.from(Array.from({ length: 1 + chances.below(60) }, () => chances.below(256)));
    deflated[0] = ((deflated[0] ?? 0) & 0xf8) | 1 | (chances.below(3) << 1);
    const mine = unpack(member(deflated, text));
    if (mine !== undefined) expect(gunzipped(member(deflated, text))?.equals(mine)).toBe(true);
  }
});

test.each<readonly [string, () => Uint8Array]>([
  ['two members', () => Buffer.concat([gzipSync('one'), gzipSync('two')])],
  ['something behind the member', () => Buffer.concat([gzipSync('one'), Buffer.from('x')])],
  ['a header with a comment', () => withFlags(gzipSync('one'), 16)],
  ['nothing', () => Buffer.alloc(0)],
  ['a header alone', () => gzipSync('one').subarray(0, 12)],
  ['a wrong checksum', () => member(deflateRawSync('one'), Buffer.from('two'))],
  ['a shorter length than is true', () => member(deflateRawSync('three'), Buffer.from('thre'))],
  ['a longer length than is true', () => member(deflateRawSync('three'), Buffer.from('three!'))],
  ['a length that nothing so short unpacks to', () => member(deflateRawSync('a'), Buffer.alloc(100_000))],
  ['a name that never ends', () => withFlags(gzipSync('', { level: 0 }).fill(1, 10), 8)],
])('%s is left to zlib', (_name, packed) => {
  expect(unpack(packed())).toBeUndefined();
});

test('a file name in the header is skipped', () => {
  const packed = gzipSync('text');
  const named = Buffer.concat([withFlags(packed.subarray(0, 10), 8), Buffer.from('a.json\0'), packed.subarray(10)]);
  expect(unpack(named)?.toString()).toBe('text');
});

test('what unpacks to more than asked for is left to zlib', () => {
  expect(scanner?.scanGzip(gzipSync('text'), 'payload', 3)).toBeUndefined();
});

test('a payload of many megabytes is unpacked whole, and the next one as well', () => {
  const large = Buffer.alloc(40 * 1024 * 1024, 'many megabytes of the same text, and so ');
  expect(unpack(gzipSync(large))?.equals(large)).toBe(true);
  expect(unpack(gzipSync('small'))?.toString()).toBe('small');
});

function withFlags(packed: Uint8Array, flags: number): Buffer {
  const changed = Buffer.from(packed);
  changed[3] = flags;
  return changed;
}
