import { loadRules } from '@trailbell/core/rule';
import { footerLines, tuneLines, type TuneView } from '@trailbell/cli/tune/tune-screen';
import { expect, test } from 'vitest';

const [rule] = loadRules([
  { path: 'r.yaml', text: `name: r\ntitle: R\nseverity: info\nfilterPattern: '{ $.eventName = "A" }'` },
]).rules;
if (rule === undefined) throw new Error('the rule was refused');

const VIEW: TuneView = {
  rule,
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
