import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilePattern } from '@trailbell/core/pattern';
import { loadRules } from '@trailbell/core/rule';
import { proposeExceptions } from '@trailbell/cli/tune/exception-proposals';
import { writeException } from '@trailbell/cli/tune/write-exception';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { denied, ruleIn } from './rule-over-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-exceptions-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const RULE = ruleIn(`
name: denied
title: Denied
severity: warning
filterPattern: '{ $.errorCode = "AccessDenied" }'
examples:
  matches:
    - name: the auditor's call
      event: { errorCode: AccessDenied, sourceIPAddress: 198.51.100.7 }
    - { errorCode: AccessDenied, userAgent: curl }
`);

const texts = (records: readonly object[]) => records.map((record) => JSON.stringify(record));

test('what many matches have in common is proposed, most first, with the examples that it would take out', () => {
  const user = (n: number) => ({ userIdentity: { type: 'IAMUser', arn: `arn:${n}` }, userAgent: `agent ${n}` });
  const audited = { sourceIPAddress: '198.51.100.7' };
  const proposals = proposeExceptions(RULE, [
    ...texts([1, 2, 3].map((n) => denied(n, 0, { ...user(n), ...audited }))),
    ...texts([4, 5].map((n) => denied(n, 0, { ...user(4), sourceIPAddress: `192.0.2.${n}` }))),
    ...texts([6, 7, 8].map((n) => denied(n, 0, { ...user(n), sourceIPAddress: `192.0.2.${n}` }))),
  ]);
  expect(proposals).toEqual([
    {
      filterPattern: '{ $.sourceIPAddress = "198.51.100.7" }',
      what: 'the address 198.51.100.7',
      matches: 3,
      swallows: ["the auditor's call"],
    },
    { filterPattern: '{ $.userIdentity.arn = "arn:4" }', what: 'the principal arn:4', matches: 2, swallows: [] },
    { filterPattern: '{ $.userAgent = "agent 4" }', what: 'the user agent agent 4', matches: 2, swallows: [] },
  ]);
});

test('one match, or a value that a star would widen, speaks for nothing', () => {
  expect(proposeExceptions(RULE, texts([denied(0)]))).toEqual([]);
  const starred = { userAgent: 'curl/*', sourceIPAddress: undefined, userIdentity: undefined };
  expect(proposeExceptions(RULE, texts([denied(0, 0, starred), denied(1, 0, starred)]))).toEqual([]);
});

test('whatever a caller sends as its agent, the proposal is a pattern that takes out just these records', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (userAgent) => {
      const records = texts([0, 1].map((n) => denied(n, 0, { userAgent, sourceIPAddress: '', userIdentity: {} })));
      for (const { filterPattern, matches } of proposeExceptions(RULE, records)) {
        const pattern = compilePattern(filterPattern);
        expect(records.filter((record) => pattern.matches(record))).toHaveLength(matches);
        expect(pattern.matches(JSON.stringify(denied(0, 0, { userAgent: `${userAgent}x` })))).toBe(false);
      }
    }),
    { numRuns: 25 },
  );
});

const EXCEPTION = {
  filterPattern: '{ $.userAgent = "a \\"b\\" \\\\c #d: e" }',
  reason: 'the user agent: x # y makes 50 % of the matches',
  owner: 'ana@example.com',
  expires: '2099-01-01',
};

const HEAD = `name: denied # the name
title:   Denied
severity: warning
filterPattern: >-
  { $.errorCode = "AccessDenied"
    && $.eventName = "GetObject" }
`;
const OLD = `- filterPattern: "{ $.a = 1 }"   # one
  reason: an old one
  owner: ben
  expires: 2099-01-01
`;

test.each([
  ['there is none yet', `# top\n${HEAD}# about the alarm\nalarm: {threshold: 5,   period: 60}\n`, 1],
  ['there is one in block style', `${HEAD}exceptions: # why\n${OLD}# end\nmode:   stage\n`, 2],
  ['there is one, indented', `${HEAD}exceptions:\n${OLD.replaceAll(/^(?=.)/gm, '    ')}\n# tail`, 2],
  ['the list is empty', `${HEAD}exceptions: []   # none yet\nmode: stage\n`, 1],
  ['the value is left out', `${HEAD}exceptions:\nmode: stage\n`, 1],
  [
    'the list is in flow style',
    `${HEAD}exceptions: [{filterPattern: x, reason: r, owner: o, expires: 2099-01-01}]\n`,
    2,
  ],
  ['the rule is in flow style', '{name: denied, title: D, severity: warning, filterPattern: x}', 1],
  [
    'the rule is in a list',
    `- ${HEAD.replaceAll('\n', '\n  ').trimEnd()}\n- name: other\n  title: Other\n  severity: info\n  filterPattern: y\n`,
    1,
  ],
  [
    'the rule is the second document',
    `name: other\ntitle: Other\nseverity: info\nfilterPattern: y\n---\n# second\n${HEAD}`,
    1,
  ],
  ['lines end in CRLF', HEAD.replaceAll('\n', '\r\n'), 1],
  ['the file begins with a byte order mark', `\ufeff${HEAD}`, 1],
  [
    'the last line has no end',
    HEAD.replaceAll('>-\n  ', '')
      .replaceAll('\n    &&', ' &&')
      .replaceAll(/: (\{.*\})\n/g, ": '$1'"),
    1,
  ],
])('where %s an exception is added, and nothing else changes', (_, text, count) => {
  const path = join(folder, 'rule.yaml');
  writeFileSync(path, text);
  expect(writeException(path, 'denied', EXCEPTION)).toBe(true);
  const written = readFileSync(path, 'utf8');
  const { rules, problems } = loadRules([{ path, text: written }]);
  expect(problems.filter(({ code }) => code !== 'out-of-range')).toEqual([]);
  const rule = rules.find(({ name }) => name === 'denied');
  expect(rule?.exceptions).toHaveLength(count);
  expect(rule?.exceptions.at(-1)).toMatchObject(EXCEPTION);
  expect(isWithin(text.replace(/\[\]/, ''), written)).toBe(true);
  expect(written.includes('\r\n') ? written.replaceAll('\r\n', '').includes('\n') : false).toBe(false);
});

/** Whether one text is the other with something left out. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (character === part[at]) at += 1;
  return at === part.length;
}

test.each([
  ['the file has no such rule', 'name: other\ntitle: O\nseverity: info\nfilterPattern: y\n'],
  [
    'its exceptions are those of another place',
    `- name: base\n  exceptions: &all\n    - filterPattern: x\n- name: denied\n  exceptions: *all\n`,
  ],
  [
    'they come from a merged mapping',
    `- &base\n  name: base\n  exceptions: [{ filterPattern: x }]\n- <<: *base\n  name: denied\n  filterPattern: y\n`,
  ],
  ['the file is no YAML', 'name: denied\nfilterPattern: [\n'],
])('where %s nothing is written', (_, text) => {
  const path = join(folder, 'rule.yaml');
  writeFileSync(path, text);
  expect(writeException(path, 'denied', EXCEPTION)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a rule that changes another under its name takes the exception itself', () => {
  const path = join(folder, 'rule.yaml');
  writeFileSync(path, 'extends: cis/denied # ours\nalarm: { threshold: 2 }\n');
  expect(writeException(path, 'denied', EXCEPTION)).toBe(true);
  expect(readFileSync(path, 'utf8')).toMatch(
    /^extends: cis\/denied # ours\nalarm: \{ threshold: 2 \}\nexceptions:\n {2}- filterPattern: /,
  );
});
