import { expect, test } from 'vitest';
import { oneOf } from './describe-value.ts';
import { problemLines, problemLinesOfRuleWith } from './problem-lines.fixture.ts';
import { RULE_SCHEMA } from './rule-schema.ts';

test.each([
  ['a misspelt key', 'refrences: [a]', ['5:1 unknown-key: unknown key "refrences" (did you mean references?)']],
  [
    'a key that belongs below alarm',
    'threshold: 3',
    ['5:1 unknown-key: unknown key "threshold" (threshold belongs at alarm.threshold)'],
  ],
  [
    'a key that belongs at the top',
    `alarm:
  groupBy: [$.a]`,
    ['6:3 unknown-key: unknown key "groupBy" in alarm (groupBy belongs at the top of the rule)'],
  ],
  [
    'a key like no other',
    'colour: red',
    [`5:1 unknown-key: unknown key "colour" (expected ${oneOf(Object.keys(RULE_SCHEMA.shape))})`],
  ],
  [
    'a pattern without quotes, which YAML takes for a map',
    'exceptions: [{ filterPattern: { $.a = 1 }, reason: r, owner: o, expires: 2027-01-01 }]',
    [
      '5:31 wrong-type: exceptions[0].filterPattern is a map; expected text (put the pattern in single quotes: to YAML { and [ begin something else)',
    ],
  ],
  [
    'a runbook that is not https',
    'runbook: http://example.com/root',
    [
      '5:10 invalid-format: runbook is "http://example.com/root"; expected an address that starts with https:// (The https address of the page that says what to do.)',
    ],
  ],
  [
    'a runbook that is no address',
    'runbook: ask Ana',
    [
      '5:10 invalid-format: runbook is "ask Ana"; expected an address that starts with https:// (The https address of the page that says what to do.)',
    ],
  ],
  [
    'one reference instead of a list',
    'references: CIS-1.2-3.3',
    [
      '5:13 wrong-type: references is "CIS-1.2-3.3"; expected a list (Controls, tickets or pages that the rule comes from, such as CIS-1.2-3.3.)',
    ],
  ],
  [
    'a reference that is a number',
    'references: [CIS-1.2-3.3, 3.3]',
    ['5:27 wrong-type: references[1] is 3.3; expected text'],
  ],
  [
    'a default value other than zero',
    'defaultValue: 7',
    [
      '5:15 unknown-value: defaultValue is 7; expected 0 (only a zero can be filled in without watching every record that does not match)',
    ],
  ],
  [
    'no group at all',
    'groupLimit: 0',
    [
      '5:13 out-of-range: groupLimit is 0; expected at least 1 (How many groups a day get an alarm of their own; the others share one.)',
    ],
  ],
  [
    'a group that is no selector',
    'groupBy: [recipientAccountId]',
    ["5:11 selector-syntax: A selector begins with '$.'. (Write $.recipientAccountId.)"],
  ],
  [
    'a group of several values',
    `groupBy:
  - $.resources[*].ARN`,
    ['6:5 selector-syntax: A wildcard selects many values where one is needed. (Use an index: [0].)'],
  ],
  [
    'six groups',
    'groupBy: [$.a, $.b, $.c, $.d, $.e, $.f]',
    [
      '5:10 out-of-range: groupBy is a list of 6; expected at most 5 entries (Selectors such as $.recipientAccountId: each combination of their values is an alarm of its own.)',
    ],
  ],
  [
    'a metric value that is no selector',
    "metricValue: '$.bytes + 1'",
    [
      "5:22 selector-syntax: The selector ends before a blank. (A name holds letters, digits, _ and -; write any other as $.['the name'].)",
    ],
  ],
  [
    'a metric value that is true',
    'metricValue: true',
    [
      '5:14 wrong-type: metricValue is true; expected a number or a selector such as $.requestParameters.count (What one matching record adds to the metric: a number, or a selector whose value is taken from the record.)',
    ],
  ],
  [
    'an exception that gives no reason',
    `exceptions:
  - filterPattern: '{ $.a = 1 }'
    owner: ana@example.com
    expires: 2027-06-30`,
    ['6:5 missing-key: exceptions[0].reason is missing (Why these records are right.)'],
  ],
  [
    'an exception until a day that there is not',
    `exceptions:
  - filterPattern: '{ $.a = 1 }'
    reason: r
    owner: o
    expires: 2027-02-29`,
    [
      '9:14 invalid-format: exceptions[0].expires is "2027-02-29"; expected a date, YYYY-MM-DD (The last day, YYYY-MM-DD in UTC, on which the exception applies.)',
    ],
  ],
  [
    'an exception with a date in another order',
    `exceptions:
  - filterPattern: '{ $.a = 1 }'
    reason: r
    owner: o
    expires: 30.6.2027`,
    [
      '9:14 invalid-format: exceptions[0].expires is "30.6.2027"; expected a date, YYYY-MM-DD (The last day, YYYY-MM-DD in UTC, on which the exception applies.)',
    ],
  ],
  [
    'an exception whose pattern is broken',
    `exceptions:
  - filterPattern: '{ $.a == 1 }'
    reason: r
    owner: o
    expires: 2027-06-30`,
    ["6:28 pattern-syntax: After '=' a value is expected, not '='. (Write = in place of ==.)"],
  ],
  [
    'several faults in one rule',
    `runbook: x
alarm:
  period: 61
  statistic: sum
groupBy: [$.a, b]`,
    [
      '5:10 invalid-format: runbook is "x"; expected an address that starts with https:// (The https address of the page that says what to do.)',
      '7:11 out-of-range: alarm.period is 61; expected a multiple of 60 (Seconds in one period: a multiple of 60.)',
      '8:14 unknown-value: alarm.statistic is "sum"; expected SampleCount, Average, Sum, Minimum or Maximum (did you mean Sum?)',
      "9:16 selector-syntax: A selector begins with '$.'. (Write $.b.)",
    ],
  ],
])('%s', (_name, addedLines, problems) => {
  expect(problemLinesOfRuleWith(addedLines)).toEqual({ problems, loaded: 0 });
});

test.each([
  ['a text instead of a rule', 'name', ['1:1 wrong-type: this is "name"; expected a map']],
  ['a list with something else in it', '- 12', ['1:3 wrong-type: this is 12; expected a map']],
  [
    'nothing but a name',
    'name: a-rule',
    [
      '1:1 missing-key: title is missing (One line that says what happened, as the person on call reads it.)',
      '1:1 missing-key: severity is missing (What PagerDuty is told: critical, error, warning or info.)',
      '1:1 missing-key: filterPattern is missing (A CloudWatch Logs filter pattern: which records the rule counts.)',
    ],
  ],
  [
    'the short word for filterPattern',
    `name: a-rule
title: t
severity: info
pattern: '{ $.a = 1 }'`,
    [
      '1:1 missing-key: filterPattern is missing (A CloudWatch Logs filter pattern: which records the rule counts.)',
      '4:1 unknown-key: unknown key "pattern" (did you mean filterPattern?)',
    ],
  ],
  [
    'a name with capitals and blanks',
    `name: Root Usage
title: t
severity: info
filterPattern: ''`,
    [
      '1:7 invalid-format: name is "Root Usage"; expected lower-case words and digits joined by single hyphens (Lower-case words joined by hyphens, unique among all rules; part of the alarm name.)',
    ],
  ],
  [
    'a name that is too long',
    `name: ${'a'.repeat(101)}
title: t
severity: info
filterPattern: ''`,
    [
      '1:7 out-of-range: name is 101 characters long; expected at most 100 characters (Lower-case words joined by hyphens, unique among all rules; part of the alarm name.)',
    ],
  ],
  [
    'a name that is a number',
    `name: 12
title: t
severity: info
filterPattern: ''`,
    [
      '1:7 wrong-type: name is 12; expected text (Lower-case words joined by hyphens, unique among all rules; part of the alarm name.)',
    ],
  ],
  [
    'an empty title',
    `name: a-rule
title:
severity: info
filterPattern: ''`,
    [
      '2:7 wrong-type: title is empty; expected text (One line that says what happened, as the person on call reads it.)',
    ],
  ],
  [
    'a title of two lines',
    `name: a-rule
title: "one\\ntwo"
severity: info
filterPattern: ''`,
    [
      '2:8 invalid-format: title is "one\\ntwo"; expected one line of text without blanks at its ends (One line that says what happened, as the person on call reads it.)',
    ],
  ],
  [
    'a severity that PagerDuty does not have',
    `name: a-rule
title: t
severity: urgent
filterPattern: ''`,
    [
      '3:11 unknown-value: severity is "urgent"; expected critical, error, warning or info (What PagerDuty is told: critical, error, warning or info.)',
    ],
  ],
  [
    'a severity with a capital',
    `name: a-rule
title: t
severity: Critical
filterPattern: ''`,
    ['3:11 unknown-value: severity is "Critical"; expected critical, error, warning or info (did you mean critical?)'],
  ],
])('%s', (_name, text, problems) => {
  expect(problemLines(text)).toEqual({ problems, loaded: 0 });
});
