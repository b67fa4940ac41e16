import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { describeActivity, utf8Bytes } from '../cloudtrail/index.ts';
import { matchedClause } from './matched-clause.ts';
import { notificationInput } from './notification-fixture.ts';
import { renderNotification } from './render-notification.ts';
import { parseEvent, parsePattern } from '../pattern/index.ts';

const corpus = new URL('../../../../../shared/corpus/events.jsonl.gz', import.meta.url);
const clauseOf = matchedClause(parsePattern('{ $.eventName = * || $.eventVersion = * }'));

type Json = Readonly<Record<string, unknown>>;

/** A text that says nothing, or that a program wrote in place of one. */
function isHollow(text: string): boolean {
  return text.trim() === '' || /^-+$|\[object Object\]|\bNaN\b/.test(text);
}

/** Every text in a value, with the path to it. */
function* textsIn(value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, field] of Object.entries(value)) yield* textsIn(field, `${path}.${key}`);
  }
}

test('every event of the corpus gives a page whose fields all say something and whose links lead somewhere', ({
  skip,
}) => {
  if (!existsSync(corpus)) console.warn(`skipped: there is no corpus at ${corpus.pathname}`);
  skip(!existsSync(corpus), 'there is no corpus');
  const lines = gunzipSync(readFileSync(corpus)).toString().split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(1000);
  let clauses = 0;
  for (const line of lines) {
    const event = JSON.stringify((JSON.parse(line) as { readonly event: unknown }).event);
    const clause = clauseOf(parseEvent(event));
    if (clause !== undefined) clauses += 1;
    const { message, subject } = renderNotification(
      notificationInput({}, { examples: [describeActivity(event, { matchedClause: clause })] }),
    );
    const { Trailbell: details } = JSON.parse(message) as { readonly Trailbell: Json };
    for (const [path, text] of textsIn(details)) {
      if (isHollow(text) || (/undefined|null/.test(text) && !/undefined|null/.test(event)))
        throw new Error(`${path}: ${text}`);
    }
    expect(details.actor).toBe((details.identity as Json).name);
    for (const link of Object.values(details.links as Json)) {
      const { protocol, hostname, hash } = new URL(String(link));
      if (protocol !== 'https:' || !/^[a-z0-9.-]+$/.test(hostname) || /%20|\s|["'<>]/.test(hash))
        throw new Error(String(link));
    }
    expect(details.links).toHaveProperty('logsInsights');
    expect(subject.length).toBeLessThanOrEqual(100);
    expect(utf8Bytes(message)).toBeLessThan(16 * 1024);
  }
  expect(clauses).toBeGreaterThan(lines.length * 0.9);
});
