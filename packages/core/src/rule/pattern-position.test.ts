import { expect, test } from 'vitest';
import { loadRules } from './load-rules.ts';

/** Loads a rule whose file ends with these lines, and finds the character at which the problem points. */
function pointed(lines: string, prefix = 'name: a\ntitle: t\nseverity: info\n') {
  const text = prefix + lines;
  const { problems } = loadRules([{ path: 'x.yaml', text }]);
  const fileLines = text.split(/\r?\n/);
  return problems.map(({ line, column, code }) => ({
    code,
    line: line - prefix.split('\n').length + 1,
    column,
    rest: (fileLines[line - 1] ?? '').slice(column - 1),
  }));
}

test.each([
  ['plain', 'filterPattern: ERROR @here\n', { line: 1, column: 22, rest: '@here' }],
  ['single quotes', "filterPattern: '{ $.a == 1 }'\n", { line: 1, column: 24, rest: "= 1 }'" }],
  [
    'single quotes with an apostrophe',
    "filterPattern: '{ $.a = \"it''s\" && $.b == 1 }'\n",
    { line: 1, column: 41, rest: "= 1 }'" },
  ],
  [
    'double quotes with escapes',
    String.raw`filterPattern: "{ $.a = \"x\" && $.b == 1 }"`,
    { line: 1, column: 39, rest: '= 1 }"' },
  ],
  [
    'double quotes over lines',
    'filterPattern: "{ $.a = 1\n  && $.b == 1 }"\n',
    { line: 2, column: 11, rest: '= 1 }"' },
  ],
  ['a plain scalar over lines', 'filterPattern: one\n  two\n\n  three @\n', { line: 4, column: 9, rest: '@' }],
  ['literal', 'filterPattern: |\n  { $.a = 1\n    && $.b == 1 }\n', { line: 3, column: 13, rest: '= 1 }' }],
  ['folded', 'filterPattern: >-\n  { $.a = 1\n\n  && $.b == 1 }\n', { line: 4, column: 11, rest: '= 1 }' }],
  [
    'folded with more indented lines',
    'filterPattern: > # note\n  { $.a = 1\n      && $.b == 1\n  }\n',
    { line: 3, column: 15, rest: '= 1' },
  ],
  [
    'folded with its own indentation',
    'filterPattern: >2-\n  { $.a = 1\n    && $.b == 1 }\n',
    { line: 3, column: 13, rest: '= 1 }' },
  ],
])('%s: the problem points at the character of the pattern', (_style, lines, expected) => {
  const isSelectorOrPattern = { code: 'pattern-syntax', ...expected };
  expect(pointed(lines)).toEqual([isSelectorOrPattern]);
  const crLf = (text: string) => text.replaceAll('\n', '\r\n');
  expect(pointed(crLf(lines), crLf('name: a\ntitle: t\nseverity: info\n'))).toEqual([isSelectorOrPattern]);
});

test('a pattern that is cut short is pointed at where it ends', () => {
  expect(pointed('filterPattern: >-\n  { $.a = 1\n  && $.b = 1\n')).toMatchObject([{ line: 3, rest: '1' }]);
});

test('a pattern behind an alias is pointed at where it is written', () => {
  const lines = "runbook: &p '{ $.a == 1 }'\nfilterPattern: *p\n";
  expect(pointed(lines)).toContainEqual({ code: 'pattern-syntax', line: 1, column: 21, rest: "= 1 }'" });
});

test('selectors and the patterns of exceptions are pointed at in the same way', () => {
  const lines = `filterPattern: ''
metricValue: "$.\\x61 b"
groupBy:
  - $.fine
  - >-
    $.not-fine,
exceptions:
  - reason: r
    owner: o
    expires: 2027-06-30
    filterPattern: |
      { $.a = 1 &&
        $.b == 2 }
`;
  expect(pointed(lines).map(({ code, line, rest }) => ({ code, line, rest }))).toEqual([
    { code: 'selector-syntax', line: 2, rest: ' b"' },
    { code: 'selector-syntax', line: 6, rest: ',' },
    { code: 'pattern-syntax', line: 13, rest: '= 2 }' },
  ]);
});

test('a loaded rule knows where its keys, its values and the characters of its texts stand', () => {
  const text = `- name: a
  title: t
  severity: info
  filterPattern: >-
    { $.a = 1
    && $.b = 2 }
  alarm: &quiet
    period: 60
- { name: b, title: t, severity: info, filterPattern: '', alarm: { <<: *quiet, threshold: 2 } }
`;
  const { rules, problems } = loadRules([{ path: 'x.yaml', text }]);
  expect(problems).toEqual([]);
  const [a, b] = rules.map(({ source }) => source);
  expect(a?.file).toBe('x.yaml');
  expect(a?.positionOf([])).toEqual({ line: 1, column: 3 });
  expect(a?.positionOf(['severity'])).toEqual({ line: 3, column: 13 });
  expect(a?.keyPositionOf(['severity'])).toEqual({ line: 3, column: 3 });
  expect(a?.keyPositionOf(['alarm', 'period'])).toEqual({ line: 8, column: 5 });
  expect(a?.positionOf(['alarm', 'threshold'])).toEqual({ line: 8, column: 5 });
  expect(a?.positionInText(['filterPattern'], 13)).toEqual({ line: 6, column: 8 });
  expect(a?.positionInText(['filterPattern'], 10_000)).toEqual({ line: 6, column: 17 });
  expect(a?.positionInText(['runbook'], 3)).toEqual({ line: 1, column: 3 });
  expect(b?.positionOf(['alarm', 'period'])).toEqual({ line: 8, column: 13 });
  expect(b?.positionOf(['alarm', 'threshold'])).toEqual({ line: 9, column: 91 });
});
