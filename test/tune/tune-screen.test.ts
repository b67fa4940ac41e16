import { analyse } from '@trailbell/cli/tune/tune-analysis';
import { footerLines, tuneLines, type TuneView } from '@trailbell/cli/tune/tune-screen';
import { expect, test } from 'vitest';
import { ruleIn } from './rule-over-records.ts';

const RULE = `name: r\ntitle: R\nseverity: info\nfilterPattern: '{ $.eventName = "A" }'`;
const ringingAt = (comparisonOperator: string, threshold: number) =>
  `${RULE}\nalarm: { comparisonOperator: ${comparisonOperator}, threshold: ${threshold} }`;

const VIEW: TuneView = {
  rule: ruleIn(RULE),
  problems: [],
  proposals: [
    {
      filterPattern: '{ $.userAgent = "evil\u001b[2J" }',
      what: 'the user agent evil\u001b[2J',
      matches: 2,
      swallows: ['an example'],
    },
  ],
  selected: 0,
  status: 'failed: \u001b]0;owned\u0007',
  dropped: 0,
};

test.each([
  ['GreaterThanOrEqualToThreshold', 3, '3'],
  ['GreaterThanThreshold', 3, '4'],
  ['LessThanThreshold', 3, '2'],
  ['LessThanOrEqualToThreshold', 3, '3'],
  ['GreaterThanThreshold', 12, undefined],
  ['LessThanThreshold', 1, undefined],
  // The values that breach go on below those that are shown.
  ['LessThanThreshold', 12, undefined],
])('of the values of a rule that rings at %s %i the mark stands at %s', (comparisonOperator, threshold, marked) => {
  const values = Array.from({ length: 12 }, (_, index) => index + 1);
  const analysis = analyse(ruleIn(ringingAt(comparisonOperator, threshold)), []);
  const distribution = values.map((value) => [value, 1] as const);
  const view = {
    ...VIEW,
    rule: ruleIn(ringingAt(comparisonOperator, threshold)),
    analysis: { ...analysis, distribution },
  };
  const lines = tuneLines(view, (_, text) => text).filter((line) => line.includes('◂ threshold'));
  expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(marked === undefined ? [] : [marked]);
});

test('the footer has the proposal that is looked at, what it takes out, its pattern, and what can be done', () => {
  expect(footerLines(VIEW, (_, text) => text)).toEqual([
    expect.stringMatching(/^ {2}1 .*the user agent evil.* takes out an example$/),
    expect.stringContaining('$.userAgent = "evil'),
    '  w writes it into the file',
    '',
    expect.stringContaining('failed: '),
  ]);
});

test('nothing of a record, nor of what failed, steers the terminal', () => {
  const shown = tuneLines(VIEW, (_, text) => text).join('\n');
  expect(['\u001b', '\u0007'].filter((control) => shown.includes(control))).toEqual([]);
});
