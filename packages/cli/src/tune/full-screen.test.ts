import { expect, test } from 'vitest';
import { linesThatFit } from './full-screen.ts';

const BODY = ['a', '\u001b[31mb\u001b[39m', 'c'.repeat(25), 'd'];

test.each([
  [{ rows: 8, columns: 10 }, BODY],
  [{ rows: 7, columns: 10 }, BODY.slice(0, 3)],
  [{ rows: 6, columns: 10 }, BODY.slice(0, 2)],
  [{ rows: 4, columns: 10 }, BODY.slice(0, 2)],
  [{ rows: 1, columns: 10 }, []],
  [{ rows: 6, columns: 25 }, BODY],
] as const)('in %o the body is cut at its end, a long line takes several rows, and the footer stays', (size, body) => {
  expect(linesThatFit(BODY, ['foot'], size)).toEqual([...body, 'foot']);
});
