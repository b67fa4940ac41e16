import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { PatternSyntaxError, parseEvent, parsePattern } from '../pattern/index.ts';
import { PatternSet, type Engine } from './pattern-set.ts';
import { buildImage } from './scanner/build-image.ts';

const TEXTS = ['{ $.eventName = "Put*" }', '{ $.a NOT EXISTS }', 'word'];
const TREES = TEXTS.map((text) => parsePattern(text));
const PAYLOAD = Buffer.from(
  JSON.stringify({ logEvents: ['{"eventName":"PutKey","a":1}', '{"b":"word"}'].map((message) => ({ message })) }),
);
const FOUND = { kind: 'data', matches: [{ patterns: [0] }, { patterns: [1, 2] }] };

test.each<readonly [string, PatternSet]>([
  ['trees', PatternSet.compile(TREES)],
  ['texts', PatternSet.compile(TEXTS)],
  ['texts with an image', PatternSet.compile(TEXTS, { image: buildImage(TREES) })],
  ['texts for the index', PatternSet.compile(TEXTS, { engine: 'index' })],
  [
    'texts with an image that the index has no use for',
    PatternSet.compile(TEXTS, { engine: 'index', image: buildImage(TREES) }),
  ],
])('patterns given as %s find the same in a payload, packed or not, and in one event', (_name, set) => {
  expect(set.matchPayload(PAYLOAD, 0)).toMatchObject(FOUND);
  expect(set.matchPackedPayload(gzipSync(PAYLOAD), 0)).toMatchObject(FOUND);
  expect(set.match(parseEvent('{"eventName":"Put"}'))).toEqual([0, 1]);
});

test('an archive is read packed or not, and is unreadable when it is not whole', () => {
  const archive = Buffer.from('{"Records":[{"eventName":"Get","a":1},{"eventName":"Put"}]}');
  for (const engine of ['scanner', 'index'] satisfies readonly Engine[]) {
    const set = PatternSet.compile(TREES, { engine });
    const found = { kind: 'records', recordCount: 2, matches: [{ index: 1, patterns: [0, 1] }] };
    expect(set.matchArchive(archive)).toMatchObject(found);
    expect(set.matchPackedArchive(gzipSync(archive))).toMatchObject(found);
    expect(set.matchPackedArchive(gzipSync(archive).subarray(0, 30))).toEqual({ kind: 'unreadable' });
  }
});

test('text that is no pattern is refused at once', () => {
  expect(() => PatternSet.compile(['{ $.a = }'])).toThrow(PatternSyntaxError);
  expect(() => PatternSet.compile(['{ $.a = }'], { engine: 'index' })).toThrow(PatternSyntaxError);
});
