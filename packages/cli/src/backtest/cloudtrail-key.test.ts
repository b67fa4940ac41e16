import { expect, test } from 'vitest';
import { cloudTrailKey, isAskedFor, mayBeAskedFor } from './cloudtrail-key.ts';

const ACCOUNT = '111122223333';

test.each([
  [`AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/03/11/a.json.gz`, ACCOUNT, 'us-east-1', '20260311'],
  [
    `my/prefix/AWSLogs/o-ab12cd/${ACCOUNT}/CloudTrail/us-gov-west-1/2026/03/11/a.json.gz`,
    ACCOUNT,
    'us-gov-west-1',
    '20260311',
  ],
  [`AWSLogs/${ACCOUNT}/CloudTrail-Insight/eu-west-1/2026/03/11/a.json.gz`, ACCOUNT, 'eu-west-1', '20260311'],
  [`C:\\copy\\AWSLogs\\${ACCOUNT}\\CloudTrail\\us-east-1\\2026\\03\\11\\a.json.gz`, ACCOUNT, 'us-east-1', '20260311'],
  [`AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/03/`, ACCOUNT, 'us-east-1', '202603'],
  [`AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/`, ACCOUNT, 'us-east-1', undefined],
  [`AWSLogs/${ACCOUNT}/`, ACCOUNT, undefined, undefined],
  ['AWSLogs/', undefined, undefined, undefined],
  ['somewhere/2026/03/11/a.json.gz', undefined, undefined, undefined],
])('%s', (key, account, region, day) => {
  const read = cloudTrailKey(key);
  expect([read?.account, read?.region, read?.day]).toEqual([account, region, day]);
});

test('a folder may hold what is asked for until its name says that it does not', () => {
  const filter = { accounts: [ACCOUNT], regions: ['us-east-1'], from: '2026-02-27', until: '2026-03-01' };
  const may = (folder: string) => mayBeAskedFor(cloudTrailKey(folder), filter);
  const region = `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/`;
  const yes = [
    '',
    'AWSLogs/',
    `AWSLogs/${ACCOUNT}/`,
    region,
    `${region}2026/`,
    `${region}2026/02/`,
    `${region}2026/03/01/`,
  ];
  const no = [
    'AWSLogs/444455556666/',
    `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/`,
    `${region}2025/`,
    `${region}2026/03/02/`,
  ];
  expect(yes.map(may)).toEqual(yes.map(() => true));
  expect(no.map(may)).toEqual(no.map(() => false));
});

test('a file whose name does not say where and when it is from is asked for only where nothing in particular is', () => {
  expect(isAskedFor('export/records.jsonl.gz', {})).toBe(true);
  expect(isAskedFor('export/records.jsonl.gz', { from: '2026-03-01' })).toBe(false);
  expect(isAskedFor(`AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/a.json.gz`, { accounts: [ACCOUNT] })).toBe(false);
});
