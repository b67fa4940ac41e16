import { expect, test } from 'vitest';
import { junitXml } from './junit-xml.ts';

test('suites and cases, with what failed', () => {
  const one = { file: 'r.yaml', line: 3, durationMs: 1500 };
  const failure = { kind: 'failure', message: 'it counts', text: 'event {}\n✔ $.a' } as const;
  expect(
    junitXml([
      { name: 'rule files', cases: [{ ...one, name: 'wrong-type', failure: { ...failure, kind: 'error' } }] },
      {
        name: 'r',
        cases: [
          { ...one, name: 'matches: a' },
          { ...one, name: 'ignores: b', failure },
        ],
      },
    ]),
  ).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="trailbell test" tests="3" failures="1" errors="1" time="4.500">
      <testsuite name="rule files" tests="1" failures="0" errors="1" time="1.500">
        <testcase name="wrong-type" classname="rule files" file="r.yaml" line="3" time="1.500">
          <error message="it counts">event {}&#10;✔ $.a</error>
        </testcase>
      </testsuite>
      <testsuite name="r" tests="2" failures="1" errors="0" time="3.000">
        <testcase name="matches: a" classname="r" file="r.yaml" line="3" time="1.500"/>
        <testcase name="ignores: b" classname="r" file="r.yaml" line="3" time="1.500">
          <failure message="it counts">event {}&#10;✔ $.a</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

test('text from events becomes neither markup nor what XML cannot hold', () => {
  const name = '<a b="c">&\n\u0000\u001b\uD800\uFFFE😀]]>';
  const xml = junitXml([
    {
      name,
      cases: [{ name, file: name, line: 1, durationMs: 0, failure: { kind: 'failure', message: name, text: name } }],
    },
  ]);
  const escaped = '&lt;a b=&quot;c&quot;&gt;&amp;&#10;\uFFFD\uFFFD\uFFFD\uFFFD😀]]&gt;';
  expect(xml.split(escaped)).toHaveLength(7);
  expect(xml).not.toContain(name);
});
