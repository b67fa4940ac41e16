import { explainPattern, parseEvent, parsePattern } from '@trailbell/core/pattern';
import { expect, test } from 'vitest';
import { Nearest } from './nearest.ts';

const pattern = parsePattern('{ $.a = 1 && ($.b = 1 || $.c = 1) && $.d = 1 }');

function keep(limit: number, messages: readonly string[]) {
  const nearest = new Nearest(limit);
  for (const [index, text] of messages.entries()) {
    nearest.add({
      file: 'f',
      message: { event: parseEvent(text), line: index + 1 },
      explanation: explainPattern(pattern, text),
    });
  }
  return { lines: nearest.list().map(({ message }) => message.line), isSettled: nearest.isSettled };
}

const match = '{"a":1,"b":1,"d":1}';
const near = '{"a":1,"b":1}';
const far = '{"d":1}';
const none = '{"x":1}';

test.each<readonly [string, readonly string[], readonly number[], boolean]>([
  ['matches come before misses', [near, match, far], [2, 1], false],
  ['the nearest misses stay', [none, far, none, near], [4, 2], false],
  ['of the same nearness the first stay, in their order', [far, far, far], [1, 2], false],
  ['of the matches the first stay', [match, none, match, match], [1, 3], true],
])('%s', (_name, messages, lines, isSettled) => {
  expect(keep(2, messages)).toEqual({ lines, isSettled });
});
