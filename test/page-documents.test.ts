import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { renderNotification } from '@trailbell/core/notification';
import { expect, test } from 'vitest';
import { alarmMessage } from './support/alarm-message.ts';
import { jsonLines, runTrailbell } from './support/run-trailbell.ts';

// What docs/pages.md and docs/pagerduty.md show and promise.

const ALARM = { rule: 'access-key-created', severity: 'warning', accounts: ['111122223333'] } as const;
const { context } = alarmMessage({ alarm: ALARM });
const ANYBODY = { actor: { type: 'Root', name: 'root' } };

/** The messages of the sample day, as the documents' commands print them. */
const sampleDay = runTrailbell(['replay', '--json', 'packages/local/sample-day/records.jsonl']).then(({ stdout }) =>
  jsonLines(stdout).map(({ message }) => message as { readonly Trailbell: Readonly<Record<string, unknown>> }),
);

function document(name: string): Promise<string> {
  return readFile(join(PROJECT_FOLDER, 'docs', name), 'utf8');
}

test('the pages in docs/pages.md are those of the sample day', async () => {
  const blocks = (await document('pages.md')).matchAll(/```json\n(.+?)\n```/gs);
  const [whole, part, ...others] = Array.from(blocks, ([, json = '']) => JSON.parse(json) as object);
  const messages = await sampleDay;
  expect(others).toEqual([]);
  expect(messages).toContainEqual(whole);
  expect(messages.map(({ Trailbell }) => Trailbell)).toContainEqual(expect.objectContaining(part ?? {}));
});

test('every field that docs/pages.md explains can be in a page, and every field of a page is explained there', async () => {
  const [, table = ''] = (await document('pages.md')).split('## The Trailbell object');
  const cells = table.split('\n').filter((line) => line.startsWith('| `'));
  const explained = cells.flatMap((line) =>
    Array.from((line.split('|')[1] ?? '').matchAll(/`(\w+)`/g), ([, name]) => name),
  );
  const [example = ANYBODY] = context.examples;
  const full = {
    ...example,
    actor: ANYBODY.actor,
    sourceIp: '198.51.100.1',
    resources: ['a'],
    userAgent: 'b',
    readOnly: true,
  };
  const examples = [full, ...context.examples];
  const details = renderNotification(
    alarmMessage({ alarm: ALARM, routes: ['on-call'], context: { ...context, examples } }),
  );
  const { Trailbell } = JSON.parse(details.message) as { readonly Trailbell: object };
  expect(explained.toSorted()).toEqual(Object.keys(Trailbell).toSorted());
});

test('every field that docs/pagerduty.md has conditions about is in a page of the sample day', async () => {
  const conditions = (await document('pagerduty.md')).matchAll(/custom_details\.Trailbell((?:\.\w+|\[\d+\])+)/g);
  const paths = new Set(Array.from(conditions, ([, path = '']) => path));
  const pages = (await sampleDay).map(({ Trailbell }) => Trailbell);
  expect(paths.size).toBeGreaterThan(8);
  for (const path of paths) {
    const steps = Array.from(path.matchAll(/\w+/g), ([step]) => step);
    const values = pages.map((page) =>
      steps.reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>> | undefined)?.[step], page),
    );
    expect({ path, isThere: values.every((value) => value !== undefined) }).toEqual({ path, isThere: true });
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
