import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloudTrailEventLink, logsInsightsLink } from './console-link.ts';

const EVENT_ID = '0a1b2c3d-1111-2222-3333-444455556666';
const search = {
  region: 'eu-central-1',
  logGroupName: '/aws/cloudtrail',
  query: 'fields @timestamp\n| filter eventName = "X\'y" # 100% (a~b*c)',
  startMs: Date.UTC(2026, 10, 22, 7, 0),
  endMs: Date.UTC(2026, 10, 22, 7, 10),
};

test.each([
  ['us-east-1', 'us-east-1.console.aws.amazon.com'],
  ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
  ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
])('in %s the links lead to %s', (region, host) => {
  expect(cloudTrailEventLink({ region, eventId: EVENT_ID })).toBe(
    `https://${host}/cloudtrailv2/home?region=${region}#/events/${EVENT_ID}`,
  );
  expect(logsInsightsLink({ ...search, region })).toMatch(
    `https://${host}/cloudwatch/home?region=${region}#logsV2:logs-insights$3F`,
  );
});

test.each(['us-iso-east-1', 'evil.example', 'eu-west-1.evil.example/', 'eu-west-1/../', ''])(
  'there is no link for the region %j',
  (region) => {
    expect(cloudTrailEventLink({ region, eventId: EVENT_ID })).toBeUndefined();
    expect(logsInsightsLink({ ...search, region })).toBeUndefined();
  },
);

test('the search opens with log group, query and window filled in', () => {
  const link = logsInsightsLink(search) ?? '';
  expect(link.slice(link.indexOf('#'))).toBe(
    '#logsV2:logs-insights$3FqueryDetail$3D' +
      '$257E$2528end$257E$25272026-11-22T07*3a10*3a00.000Z$257Estart$257E$25272026-11-22T07*3a00*3a00.000Z' +
      '$257EtimeType$257E$2527ABSOLUTE$257Etz$257E$2527UTC$257EeditorString$257E$2527' +
      'fields*20*40timestamp*0a*7c*20filter*20eventName*20*3d*20*22X*27y*22*20*23*20100*25*20*28a*7eb*2ac*29' +
      '$257Esource$257E$2528$257E$2527*2faws*2fcloudtrail$2529$2529',
  );
});

/** Reads the console's notation back: one percent-decoding of the fragment, one of its value, then the text itself. */
function queryInLink(link: string): string | undefined {
  const fragment = decodeURIComponent(link.slice(link.indexOf('#')).replaceAll('$', '%'));
  const detail = decodeURIComponent(fragment.slice(fragment.indexOf('=') + 1));
  const text = /~editorString~'([^~]*)~source~\(~'[^~]*\)\)$/.exec(detail)?.[1];
  return text === undefined ? undefined : decodeURIComponent(text.replaceAll('*', '%'));
}

test('any query comes back from its link as it went in, and no text breaks out of its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (query, logGroupName) => {
      const link = logsInsightsLink({ ...search, query, logGroupName }) ?? '';
      expect(link).toMatch(
        /^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=eu-central-1#[\w.*$:-]+$/,
      );
      expect(queryInLink(link)).toBe(query);
    }),
  );
});

test('an event id cannot break out of its link', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (eventId) => {
      const link = cloudTrailEventLink({ region: 'eu-west-1', eventId }) ?? '';
      expect(link.split('#/events/')[1]).toMatch(/^[\w.!~*'()%-]*$/);
      expect(new URL(link).hostname).toBe('eu-west-1.console.aws.amazon.com');
    }),
  );
});
