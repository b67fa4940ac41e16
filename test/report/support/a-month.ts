import { createRandom, type Random } from '../../../bench/workload/random.ts';
import { createRecord } from '../../../bench/workload/records.ts';

export type CloudTrailRecord = Readonly<Record<string, unknown>>;

const START_MS = Date.UTC(2026, 2, 2);
const [MINUTE_MS, DAY_MS, DAYS] = [60_000, 86_400_000, 28];
const ORDINARY = 9000;

/** Four weeks of made-up records: ordinary work, and some days on which things happen. The same at every call. */
export function aMonth(): readonly CloudTrailRecord[] {
  const random = createRandom(11);
  const ordinary = Array.from({ length: ORDINARY }, (_, index) =>
    createRecord(random, START_MS + (index / ORDINARY) * DAYS * DAY_MS),
  );
  const at = (day: number, hour: number, minute = 0) => START_MS + day * DAY_MS + (hour * 60 + minute) * MINUTE_MS;
  const happened = [
    ...burst(random, at(4, 2, 10), 40, { eventName: 'ConsoleLogin', errorMessage: 'Failed authentication' }),
    ...burst(random, at(11, 3, 5), 60, { eventName: 'GetObject', errorCode: 'AccessDenied' }),
    ...burst(random, at(11, 3, 20), 2, { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }),
    ...burst(random, at(11, 3, 24), 3, { eventName: 'PutBucketPolicy', eventSource: 's3.amazonaws.com' }),
    ...burst(random, at(19, 15, 40), 25, { eventName: 'ListBuckets', errorCode: 'AccessDenied' }),
  ];
  return [...ordinary, ...happened];
}

/** Records about six seconds apart, all by the same person. */
function burst(random: Random, fromMs: number, count: number, fields: CloudTrailRecord): readonly CloudTrailRecord[] {
  const userIdentity = {
    type: 'IAMUser',
    userName: 'mallory',
    arn: 'arn:aws:iam::123837392027:user/mallory',
    accountId: '123837392027',
  };
  return Array.from({ length: count }, (_, index) => {
    const { errorCode: _code, errorMessage: _message, ...record } = createRecord(random, fromMs + index * 6100);
    return { ...record, userIdentity, sourceIPAddress: '203.0.113.77', ...fields };
  });
}
