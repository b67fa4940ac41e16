import { expect, test } from 'vitest';
import { Document, parse } from 'yaml';
import { visibleYaml } from './visible-yaml.ts';

test('what is not seen is escaped, and lines and tabs stay, which YAML is read by', () => {
  expect(visibleYaml(new Document({ a: 'x\u202ey\u{e0041}', b: 'one\n\ttwo\n' }))).toBe(
    'a: "x\\U0000202ey\\U000e0041"\nb: |\n  one\n  \ttwo\n',
  );
});

test.each(['\u0000', 'half \ud83d', 'a\u2028b', '\u009b31m\n', '"quoted" \u200b', "it's", '\\U0000202e \u202e'])(
  '%j is read as it was',
  (text) => {
    expect(parse(visibleYaml(new Document({ text })))).toEqual({ text });
  },
);
