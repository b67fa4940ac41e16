import { expect, test } from 'vitest';
import type { Activity } from './activity.ts';
import { tallyOf, withOthers } from './tally.ts';

function by(name: string, sourceIp?: string): Activity {
  return { actor: { type: 'IAMUser', name }, ...(sourceIp !== undefined && { sourceIp }) };
}

test('what is left out is counted with the first that is kept, and with it all are counted once', () => {
  const all = [by('a', '1'), by('b', '1'), by('c'), by('a', '2'), by('b', '2'), by('b', '2')];
  const kept = withOthers(all, 3);
  expect(kept).toEqual([
    {
      ...by('a', '1'),
      others: {
        actors: [
          ['b', 2],
          ['a', 1],
        ],
        sourceIps: [['2', 3]],
      },
    },
    by('b', '1'),
    by('c'),
  ]);
  expect(tallyOf(kept)).toEqual(tallyOf(all));
  expect(tallyOf(all)).toEqual({
    actors: [
      ['b', 3],
      ['a', 2],
      ['c', 1],
    ],
    sourceIps: [
      ['2', 3],
      ['1', 2],
    ],
  });
});

test('where nothing is left out there is nothing to count', () => {
  expect(withOthers([by('a')], 3)).toEqual([by('a')]);
  expect(withOthers([], 3)).toEqual([]);
});

test('a few names are kept, cut where they are long', () => {
  const many = Array.from({ length: 500 }, (_, n) =>
    by(`${String(n).padStart(5, '0')}${'x'.repeat(500)}`, `10.0.0.${n}`),
  );
  const { actors, sourceIps } = tallyOf(many);
  expect(actors).toHaveLength(5);
  expect(sourceIps).toHaveLength(5);
  expect(actors[0]?.[0]).toHaveLength(128);
});

test('names of objects are names', () => {
  expect(tallyOf([by('__proto__'), by('constructor'), by('__proto__')]).actors).toEqual([
    ['__proto__', 2],
    ['constructor', 1],
  ]);
});
