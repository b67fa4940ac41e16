import { expect, test } from 'vitest';
import { problemLines, problemLinesOfRuleWith } from './problem-lines.fixture.ts';

test.each([
  [
    'a tab as indentation',
    `alarm:
\tperiod: 300`,
    ['6:1 yaml-tab: a tab indents this line (YAML is indented with blanks)'],
  ],
  ['a quote that is never closed', 'description: "a', ['5:14 yaml-syntax: this quote is never closed']],
  [
    'a bracket that is never closed',
    'references: [a, b',
    ['6:1 yaml-syntax: flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  [
    'a pattern in single quotes with an apostrophe in it',
    "description: 'it's late'",
    ["5:18 yaml-syntax: unexpected scalar at node end (an apostrophe inside single quotes is written twice: '')"],
  ],
  [
    'a colon inside plain text',
    'description: note: read this',
    [
      '5:14 yaml-syntax: nested mappings are not allowed in compact mappings (text in which a blank follows a colon needs quotes)',
    ],
  ],
  [
    'entries of a list that do not stand below each other',
    'examples:\n  matches:\n    - a\n- b',
    [
      '8:1 yaml-syntax: a block sequence may not be used as an implicit map key (the entries of a list stand below each other, as deep as their key or deeper)',
    ],
  ],
  [
    'a line that is indented deeper than its neighbour',
    'alarm:\n  threshold: 2\n   period: 60',
    [
      '6:14 yaml-syntax: nested mappings are not allowed in compact mappings (the next line is indented deeper than this one: keys of one map stand below each other)',
    ],
  ],
  [
    'a text that goes on without being indented',
    'description: >-\n  what it is\nand what not',
    [
      '7:1 yaml-syntax: implicit map keys need to be followed by map values (a key ends with a colon; a text that goes on is indented deeper than its key)',
    ],
  ],
  [
    'a pattern in double quotes with double quotes in it',
    'description: "the "best" one"',
    ['5:20 yaml-syntax: unexpected scalar at node end (a double quote ends the text: put a pattern in single quotes)'],
  ],
  [
    'text that begins with a reserved character',
    'description: @home',
    ['5:14 yaml-syntax: plain value cannot start with reserved character @ (put the text in single quotes)'],
  ],
  [
    'indentation that fits nothing',
    `alarm:
    period: 60
  threshold: 1`,
    ['7:1 yaml-syntax: all mapping items must start at the same column'],
  ],
  ['a key written twice', 'severity: info', ['5:1 duplicate-key: the key severity is written twice']],
  [
    'a key written twice further down',
    `alarm:
  period: 60
  threshold: 3
  period: 120`,
    ['8:3 duplicate-key: the key period is written twice'],
  ],
  ['an alias without an anchor', 'alarm: *quiet', ['5:8 yaml-alias: no anchor &quiet stands before this alias']],
  ['an anchor that holds itself', 'alarm: &a { period: *a }', ['5:21 yaml-alias: *a stands inside &a']],
  [
    'a merge of something that is no map',
    'alarm: { <<: 300 }',
    ['5:10 yaml-merge: only a map, or a list of maps, can be merged with <<'],
  ],
  ['a tag', 'description: !secret x', ['5:14 yaml-tag: the tag !secret means nothing in a rule file']],
])('%s', (_name, addedLines, problems) => {
  expect(problemLinesOfRuleWith(addedLines)).toEqual({ problems, loaded: 0 });
});

test.each([
  ['an empty file', '', ['1:1 no-rule: there is no rule in this file']],
  [
    'nothing but comments',
    `# to be written

# soon`,
    ['1:1 no-rule: there is no rule in this file'],
  ],
])('%s', (_name, text, problems) => {
  expect(problemLines(text)).toEqual({ problems, loaded: 0 });
});
