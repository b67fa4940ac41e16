import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { renderNotification } from '@trailbell/core/notification';
import { expect, test } from 'vitest';
import { alarmMessage } from './support/alarm-message.ts';
import { meetsCondition } from './support/condition.ts';
import { jsonLines, runTrailbell } from './support/run-trailbell.ts';

// What docs/pages.md and docs/pagerduty.md show and promise.

const ALARM = { rule: 'access-key-created', severity: 'warning', accounts: ['111122223333'] } as const;
const { context } = alarmMessage({ alarm: ALARM });
const ANYBODY = { actor: { type: 'Root', name: 'root' } };

interface Page {
  readonly Trailbell: Readonly<Record<string, unknown>>;
}

/** The messages of the sample day, as the documents' commands print them. */
const sampleDay = runTrailbell(['replay', '--json', 'packages/local/sample-day/records.jsonl']).then(({ stdout }) =>
  jsonLines(stdout).map(({ message }) => message as Page),
);

function document(name: string): Promise<string> {
  return readFile(join(PROJECT_FOLDER, 'docs', name), 'utf8');
}

test('the pages in docs/pages.md are those of the sample day', async () => {
  const blocks = (await document('pages.md')).matchAll(/```json\n(.+?)\n```/gs);
  const [whole, ...parts] = Array.from(blocks, ([, json = '']) => JSON.parse(json) as object);
  const messages = await sampleDay;
  expect(messages).toContainEqual(whole);
  expect(parts).toHaveLength(2);
  for (const part of parts) {
    expect(messages.map(({ Trailbell }) => Trailbell)).toContainEqual(expect.objectContaining(part));
  }
});

/** A page that has every field there is. */
function fullPage(): Page {
  const [example = ANYBODY] = context.examples;
  const full = {
    ...example,
    actor: { ...ANYBODY.actor, accountId: '111122223333', isCrossAccount: true },
    sourceIp: '198.51.100.1',
    sourceIpKind: 'public',
    resources: ['a'],
    userAgent: 'b',
    readOnly: false,
    requestParameters: ['cidrIp: 0.0.0.0/0'],
    eventCategory: 'Data',
    matchedClause: '$.eventName = "StopLogging"',
  } as const;
  const { message } = renderNotification(
    alarmMessage({
      alarm: { ...ALARM, severity: 'critical' },
      routes: ['on-call'],
      accountAliases: { '111122223333': 'production' },
      context: {
        ...context,
        rule: { ...context.rule, severity: 'critical' },
        count: 100,
        examples: [full, ...context.examples],
      },
    }),
  );
  return JSON.parse(message) as Page;
}

test('every field that docs/pages.md explains can be in a page, and every field of a page is explained there', async () => {
  const [, table = ''] = (await document('pages.md')).split('## The Trailbell object');
  const cells = table.split('\n').filter((line) => line.startsWith('| `'));
  const explained = cells.flatMap((line) =>
    Array.from((line.split('|')[1] ?? '').matchAll(/`(\w+)`/g), ([, name]) => name),
  );
  expect(explained.toSorted()).toEqual(Object.keys(fullPage().Trailbell).toSorted());
});

/** The lines of docs/pagerduty.md that begin so; they stand in code blocks. */
async function linesToPaste(start: RegExp): Promise<readonly string[]> {
  return (await document('pagerduty.md')).split('\n').filter((line) => start.test(line));
}

/** What CloudWatch says of itself, such as about one of the functions. */
const CLOUDWATCH_OWN = { AlarmName: 'matcher-errors', NewStateValue: 'ALARM', Trigger: { Namespace: 'AWS/Lambda' } };

test('every condition of docs/pagerduty.md is one, and tells messages apart', async () => {
  const conditions = await linesToPaste(/^(not )?event\./);
  expect(conditions.length).toBeGreaterThan(12);
  const everyPage = [...(await sampleDay), fullPage(), CLOUDWATCH_OWN];
  for (const condition of conditions) {
    const met = everyPage.map((page) => meetsCondition(condition, { event: { custom_details: page } }));
    // Severities, names and accounts of somebody else are in none of these pages.
    const isSomeonesOwn = /'(kms|error|info)'|444455556666/.test(condition);
    expect({ condition, isMet: met.includes(true) || isSomeonesOwn, isNotMet: met.includes(false) }).toEqual({
      condition,
      isMet: true,
      isNotMet: true,
    });
  }
});

test('every field that docs/pagerduty.md has conditions about or groups by is in a page', async () => {
  const lines = await linesToPaste(/^((not )?event\.|Trailbell\.)/);
  const paths = new Set(
    lines.flatMap((line) => Array.from(line.matchAll(/Trailbell((?:\.\w+|\[\d+\])+)/g), ([, path = '']) => path)),
  );
  expect(paths.size).toBeGreaterThan(12);
  const optional = ['.accountAlias', '.requestParameters'];
  for (const path of paths) {
    const pages = optional.includes(path) ? [fullPage()] : [...(await sampleDay), fullPage()];
    for (const page of pages) {
      const isThere = meetsCondition(`event.Trailbell${path} exists`, { event: page });
      expect({ path, isThere }).toEqual({ path, isThere: true });
    }
  }
});

test('the text forms of conditions in docs/pagerduty.md match messages, and no value can imitate them', async () => {
  const parts = Array.from(
    (await document('pagerduty.md')).matchAll(/raw_event\.Message matches part exactly '(.+)'/g),
    ([, part = '']) => part,
  );
  expect(parts).toHaveLength(2);
  const imitation = parts.join('');
  const examples = [{ ...ANYBODY, userAgent: imitation, errorMessage: imitation }];
  const { message: imitated } = renderNotification(alarmMessage({ alarm: ALARM, context: { ...context, examples } }));
  for (const part of parts) {
    expect((await sampleDay).some((message) => JSON.stringify(message).includes(part))).toBe(true);
    expect(imitated).not.toContain(part);
  }
});
