import { PRODUCTION, SECURITY, STAGING } from './cast.ts';

/** One incident that the day should ring for: an alarm that goes on once and off once. */
export interface ExpectedIncident {
  /** The rule, as named in rules/cis. */
  readonly rule: string;
  /** The recipientAccountId of the records. */
  readonly accountId: string;
  /** Text that the answer to "who did it" contains. */
  readonly actor: string;
  /** Times of day (UTC) of the first and the last record that match: eventTime, not delivery. */
  readonly firstAt: string;
  readonly lastAt: string;
  /** How many different events match; a record that is delivered twice is one. */
  readonly events: number;
}

/** What should page on the sample day, in order, and nothing else should. */
export const expectedIncidents: readonly ExpectedIncident[] = [
  {
    rule: 'console-sign-in-without-mfa',
    accountId: PRODUCTION,
    actor: 'm.oduya',
    firstAt: '02:14:09',
    lastAt: '02:14:09',
    events: 1,
  },
  {
    rule: 'unauthorized-api-calls',
    accountId: PRODUCTION,
    actor: 'm.oduya',
    firstAt: '02:16:20',
    lastAt: '02:18:05',
    events: 12,
  },
  {
    rule: 'root-account-usage',
    accountId: STAGING,
    actor: 'root',
    firstAt: '09:30:14',
    lastAt: '09:32:55',
    events: 3,
  },
  {
    rule: 'iam-policy-changes',
    accountId: PRODUCTION,
    actor: 'priya.raman@example.com',
    firstAt: '11:05:18',
    lastAt: '11:06:44',
    events: 2,
  },
  {
    rule: 'iam-policy-changes',
    accountId: STAGING,
    actor: 'priya.raman@example.com',
    firstAt: '11:09:31',
    lastAt: '11:10:02',
    events: 2,
  },
  {
    rule: 'console-sign-in-without-mfa',
    accountId: PRODUCTION,
    actor: 'm.oduya',
    firstAt: '12:47:03',
    lastAt: '12:48:30',
    events: 2,
  },
  {
    rule: 's3-bucket-policy-changes',
    accountId: SECURITY,
    actor: 'ana.sousa@example.com',
    firstAt: '14:04:59',
    lastAt: '14:04:59',
    events: 1,
  },
  {
    rule: 'cloudtrail-configuration-changes',
    accountId: SECURITY,
    actor: 'ana.sousa@example.com',
    firstAt: '14:20:12',
    lastAt: '14:25:31',
    events: 4,
  },
  {
    rule: 'unauthorized-api-calls',
    accountId: STAGING,
    actor: 'staging-node-tagger',
    firstAt: '16:05:07',
    lastAt: '16:07:57',
    events: 18,
  },
  {
    rule: 'root-account-usage',
    accountId: PRODUCTION,
    actor: 'root',
    firstAt: '18:40:26',
    lastAt: '18:43:05',
    events: 3,
  },
  {
    rule: 'iam-policy-changes',
    accountId: PRODUCTION,
    actor: 'ci-deployer',
    firstAt: '22:10:02',
    lastAt: '22:10:02',
    events: 1,
  },
  {
    rule: 'iam-policy-changes',
    accountId: PRODUCTION,
    actor: 'ci-deployer',
    firstAt: '22:52:47',
    lastAt: '22:52:47',
    events: 1,
  },
  {
    rule: 's3-bucket-policy-changes',
    accountId: STAGING,
    actor: 'tomas.eklund@example.com',
    firstAt: '23:05:24',
    lastAt: '23:05:24',
    events: 1,
  },
  {
    rule: 'cloudtrail-configuration-changes',
    accountId: STAGING,
    actor: 'tomas.eklund@example.com',
    firstAt: '23:20:39',
    lastAt: '23:20:39',
    events: 1,
  },
];
