import { expect, test } from 'vitest';
import { secretsFault } from './secrets-fault.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const URL = `https://events.pagerduty.com/integration/${KEY}/enqueue`;
const OTHER_URL = `https://events.eu.pagerduty.com/x-ere/${KEY}`;
const ROUTES = [{ endpointSecret: 'One' }, { endpointSecret: 'Two' }];

function fault(values: Readonly<Record<string, string>>): string | undefined {
  return secretsFault(ROUTES, (name) => values[name]);
}

test('secrets that are different URLs of PagerDuty are right', () => {
  expect(fault({ One: URL, Two: OTHER_URL })).toBeUndefined();
});

test.for<[string, Readonly<Record<string, string>>, RegExp]>([
  ['no value', { One: URL }, /^the secret Two has no value \(set it with `npx sst secret set Two`\)$/],
  ['an empty value', { One: '', Two: URL }, /^the secret One is empty/],
  ['a key alone', { One: URL, Two: KEY }, /^the secret Two is not a URL/],
  ['the Events API', { One: 'https://events.pagerduty.com/v2/enqueue', Two: URL }, /^the secret One .*Events API v2/],
  ['one URL twice', { One: URL, Two: URL }, /^the secrets One and Two are the same URL.*into one\)$/],
])('of %s the secret is named, and what to do, but not its value', ([, values, text]) => {
  const message = fault(values);
  expect(message).toMatch(text);
  expect(message).not.toContain(KEY);
});
