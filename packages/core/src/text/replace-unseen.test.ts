import { expect, test } from 'vitest';
import { replaceUnseen } from './index.ts';

test.each([
  ['lines and tabs', '\n\r\t\u0085\u2028\u2029'],
  ['controls', '\u0000\u001b\u007f\u009b'],
  ['what turns the direction of text', '\u202e\u2066\u061c\u200f'],
  ['what has no width', '\u200b\u2060\ufeff\u00ad'],
  ['tag characters, which are two units', '\u{e0041}\u{e007f}'],
  ['halves of surrogate pairs', '\ud83d \udd14'],
])('%s are not seen', (_, characters) => {
  const found: string[] = [];
  replaceUnseen(`é${characters}`, (character) => (found.push(character), ''));
  expect(found).toEqual(Array.from(characters).filter((character) => character !== ' '));
});

test.each(['', 'plain ASCII ~', 'Zoë, 花子 and 🔔', 'a no-break\u00a0space', 'a combined e\u0301'])(
  '%j is seen',
  (text) => {
    expect(replaceUnseen(text, () => '?')).toBe(text);
  },
);
