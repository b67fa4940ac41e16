import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readIntoWindow, RecordWindow } from '@trailbell/cli/tune/record-window';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-window-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const recordsIn = (window: RecordWindow) =>
  window.chunks().flatMap(({ archive }) => (JSON.parse(archive.toString()) as { Records: { n: number }[] }).Records);

test('records come out in the order in which they came, each chunk an archive', () => {
  const window = new RecordWindow(10);
  for (const n of [1, 2, 3]) expect(window.add(JSON.stringify({ n }))).toBe(true);
  expect(recordsIn(window).map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(window.add('{"n":4}')).toBe(true);
  expect(recordsIn(window).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
});

test.each(['', 'text', '[1]', '7', '{"torn": ', '{} {}', '{"a":1}]}'])(
  '%j is no record and spoils no chunk',
  (text) => {
    const window = new RecordWindow(10);
    window.add('{"n":1}');
    expect(window.add(text)).toBe(false);
    window.add('{"n":2}');
    expect(recordsIn(window)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(window.count).toBe(2);
  },
);

test('past the limit the oldest chunks go, whole, and nothing is counted twice', () => {
  const window = new RecordWindow(100);
  const filler = 'x'.repeat(100_000);
  const total = 400;
  for (let n = 0; n < total; n++) window.add(JSON.stringify({ n, filler }));
  const kept = recordsIn(window).map(({ n }) => n);
  expect(kept).toHaveLength(window.count);
  expect(window.count + window.dropped).toBe(total);
  expect(kept.at(-1)).toBe(total - 1);
  expect(kept).toEqual(kept.map((_, index) => total - kept.length + index));
  // A chunk is 2 MiB, which is 21 of these records.
  expect(window.count).toBeGreaterThan(100 - 21);
  expect(window.count).toBeLessThanOrEqual(100 + 21);
});

test('an archive, JSON lines and what cannot be read go into one window', async () => {
  writeFileSync(join(folder, 'a.json.gz'), gzipSync('{"Records":[{"n":1},{"n":2}]}'));
  writeFileSync(join(folder, 'b.jsonl'), '{"n":3}\n{"n":4}\n');
  const window = new RecordWindow(10);
  const missing = join(folder, 'nowhere.json');
  const problems = await readIntoWindow([folder, missing], window, () => undefined);
  expect(recordsIn(window).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  expect(problems).toEqual([expect.stringContaining(missing)]);
});
