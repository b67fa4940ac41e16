import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagerDutyEndpoint } from './pagerduty-endpoint.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const ORCHESTRATION_KEY = 'R0A1B2C3D4E5F60718293A4B5C6D7E8F';

test.each([
  [`https://events.pagerduty.com/integration/${KEY}/enqueue`, 'service', 'us'],
  [`https://events.pagerduty.com/x-ere/${ORCHESTRATION_KEY}`, 'orchestration', 'us'],
  [`https://events.eu.pagerduty.com/integration/${KEY}/enqueue`, 'service', 'eu'],
  [`https://events.eu.pagerduty.com/x-ere/${ORCHESTRATION_KEY}`, 'orchestration', 'eu'],
])('%s is an endpoint of the form %s in the region %s', (url, form, host) => {
  expect(pagerDutyEndpoint(url)).toEqual({ kind: 'endpoint', form, host });
});

test.each([
  ['', 'empty'],
  [` https://events.pagerduty.com/x-ere/${ORCHESTRATION_KEY}`, 'blanks'],
  [`https://events.pagerduty.com/x-ere/${ORCHESTRATION_KEY}\n`, 'blanks'],
  [KEY, 'not-a-url'],
  [`events.pagerduty.com/x-ere/${KEY}`, 'not-a-url'],
  [`http://events.pagerduty.com/x-ere/${KEY}`, 'not-https'],
  [`https://pagerduty.com/x-ere/${KEY}`, 'other-host'],
  [`https://acme.pagerduty.com/services/${KEY}`, 'other-host'],
  [`https://events.pagerduty.com.example.com/x-ere/${KEY}`, 'other-host'],
  [`https://${KEY}.example.com/x-ere/${KEY}`, 'other-host'],
  [`https://events.pagerduty.com@example.com/x-ere/${KEY}`, 'other-host'],
  [`https://${KEY}@events.pagerduty.com/x-ere/${KEY}`, 'more-than-a-path'],
  [`https://events.pagerduty.com:8443/x-ere/${KEY}`, 'more-than-a-path'],
  [`https://events.pagerduty.com/x-ere/${KEY}?a=b`, 'more-than-a-path'],
  [`https://events.pagerduty.com/x-ere/${KEY}?`, 'more-than-a-path'],
  [`https://events.pagerduty.com/x-ere/${KEY}#`, 'more-than-a-path'],
  ['https://events.pagerduty.com/v2/enqueue', 'events-api'],
  ['https://events.pagerduty.com/v2/change/enqueue', 'events-api'],
  ['https://events.pagerduty.com/generic/2010-04-15/create_event.json', 'events-api'],
  ['https://events.pagerduty.com/', 'other-path'],
  [`https://events.pagerduty.com/${KEY}`, 'other-path'],
  [`https://events.pagerduty.com/integration/${KEY}`, 'other-path'],
  [`https://events.pagerduty.com/integration/${KEY}/enqueue/`, 'other-path'],
  [`https://events.pagerduty.com/x-ere/${KEY}/`, 'other-path'],
  [`https://events.pagerduty.com/x-ere/${KEY}/enqueue`, 'other-path'],
  ['https://events.pagerduty.com/x-ere/YOUR_INTEGRATION_KEY_HERE', 'bad-key'],
  [`https://events.pagerduty.com/x-ere/${KEY.slice(1)}`, 'bad-key'],
  [`https://events.pagerduty.com/integration//enqueue`, 'bad-key'],
  [`https://events.pagerduty.com:443/x-ere/${KEY}`, 'spelling'],
  [`https://Events.PagerDuty.com/x-ere/${KEY}`, 'spelling'],
  [`https://events.pagerduty.com/./x-ere/${KEY}`, 'spelling'],
  [`https:\\\\events.pagerduty.com\\x-ere\\${KEY}`, 'spelling'],
])('%j is refused: %s', (url, code) => {
  const problem = pagerDutyEndpoint(url);
  expect(problem).toMatchObject({ kind: 'problem', code });
  expect(JSON.stringify(problem)).not.toContain(KEY.slice(1, 9));
});

test('no part of a key is in a problem, whatever is around it', () => {
  const around = fc.constantFrom(
    '',
    '/',
    '?',
    '#',
    'https://',
    'x-ere/',
    'events.pagerduty.com/',
    '/enqueue',
    ' ',
    '@',
    ':',
  );
  const urls = fc
    .tuple(fc.array(around), fc.array(around))
    .map(([before, after]) => before.join('') + KEY + after.join(''));
  fc.assert(
    fc.property(urls, (url) => {
      expect(JSON.stringify(pagerDutyEndpoint(url))).not.toContain(KEY.slice(0, 6));
    }),
  );
});
