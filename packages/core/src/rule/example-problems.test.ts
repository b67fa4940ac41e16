import { expect, test } from 'vitest';
import { problemLinesOfRuleWith } from './problem-lines.fixture.ts';

test.each([
  [
    'an example that is a number',
    'examples: { matches: [12] }',
    ['5:23 wrong-type: expected an event: a map, a log message as text, or { file: path }'],
  ],
  [
    'an example that is the name of a file',
    'examples: { ignores: [events/root.json] }',
    [
      '5:23 file-as-text: "events/root.json" is a log message here, but looks like the name of a file (write { file: events/root.json })',
    ],
  ],
  [
    'an example from a file that is not there',
    `examples:
  matches:
    - file: events/none.json`,
    ['7:7 example-file: there is no file rules/events/none.json'],
  ],
  [
    'an example from a file that is not JSON',
    `examples:
  matches:
    - { name: torn, file: torn.json }`,
    ['7:7 example-file: rules/torn.json is not JSON: Unexpected end of JSON input'],
  ],
  [
    'an example from a file of many records',
    `examples:
  matches:
    - { file: many.json }`,
    ['7:7 example-file: rules/many.json does not hold one record (give each record a file of its own)'],
  ],
  [
    'an example with an event and a file',
    `examples:
  matches:
    - { event: {}, file: record.json }`,
    ['7:26 wrong-type: an example has an event or a file; this one has both'],
  ],
  [
    'an example whose name is a list',
    `examples:
  matches:
    - { name: [a], event: {} }`,
    ['7:15 wrong-type: the name of an example is text'],
  ],
  [
    'a time without a unit',
    `timelines:
  - name: t
    events: [{ at: 5, event: {} }]
    expect: [{ at: 0s, state: OK }]`,
    [
      '7:20 wrong-type: timelines[0].events[0].at is 5; expected text (Time since the start of the timeline: 0s, 90s, 7m, 1h30m.)',
    ],
  ],
  [
    'a time in words',
    `timelines:
  - name: t
    events: [{ at: 5 minutes, event: {} }]
    expect: [{ at: 0s, state: OK }]`,
    [
      '7:20 invalid-format: timelines[0].events[0].at is "5 minutes"; expected a duration such as 0s, 90s, 7m or 1h30m (Time since the start of the timeline: 0s, 90s, 7m, 1h30m.)',
    ],
  ],
  [
    'a state that alarms do not have',
    `timelines:
  - name: t
    events: []
    expect: [{ at: 0s, state: FIRING }]`,
    [
      '8:31 unknown-value: timelines[0].expect[0].state is "FIRING"; expected OK, ALARM or INSUFFICIENT_DATA (The alarm\'s state at this time: OK, ALARM or INSUFFICIENT_DATA.)',
    ],
  ],
  [
    'a timeline that expects nothing',
    `timelines:
  - name: t
    events: []
    expect: []`,
    [
      '8:13 out-of-range: timelines[0].expect is an empty list; expected at least 1 entry (The states that the alarm must be in, and when.)',
    ],
  ],
  [
    'a timeline event from a file that is not there',
    `timelines:
  - name: t
    events: [{ at: 0s, event: { file: none.json } }]
    expect: [{ at: 0s, state: OK }]`,
    ['7:31 example-file: there is no file rules/none.json'],
  ],
])('%s', (_name, addedLines, problems) => {
  expect(problemLinesOfRuleWith(addedLines)).toEqual({ problems, loaded: 0 });
});
