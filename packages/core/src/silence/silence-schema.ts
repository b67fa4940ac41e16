import * as z from 'zod';
import { ALARM_SCOPE } from '../rule/alarm-scope-schema.ts';
import { refuse } from '../rule/refuse.ts';
import { hyphenated, line } from '../rule/text-schema.ts';
import { TIME_INTERVAL_SCHEMA } from '../time-interval/time-interval-schema.ts';
import { ACCOUNT_SELECTOR, MAX_SILENCE_DAYS } from './silence.ts';

const DAY_MS = 86_400_000;

/** Seconds may be left out. */
const MOMENT = new RegExp(
  [-1, null].map((precision) => `(?:${z.regexes.datetime({ offset: true, precision }).source})`).join('|'),
);

const moment = z
  .string()
  .regex(MOMENT, 'a time with its offset from UTC, such as 2027-03-01T22:00Z or 2027-03-01T23:00+01:00');

/** What one silence in a silence file may say. The descriptions are what editors show and what problems hint at. */
export const SILENCE_SCHEMA = z
  .strictObject({
    name: hyphenated()
      .max(100)
      .describe('Lower-case words joined by hyphens, unique among all silences; what logs call it.'),
    ...ALARM_SCOPE,
    accounts: ALARM_SCOPE.accounts.describe(
      `Only alarms about these accounts, in quotes; their rules are grouped by ${ACCOUNT_SELECTOR}.`,
    ),
    groups: z
      .record(z.string(), z.array(z.string().min(1)).min(1))
      .exactOptional()
      .describe("Only alarms with these values of their rule's groupBy, by selector."),
    from: moment.describe('When the silence begins: 2027-03-01T22:00Z.'),
    until: moment.describe(`When the silence is over, at most ${MAX_SILENCE_DAYS} days later.`),
    windows: z
      .array(TIME_INTERVAL_SCHEMA)
      .min(1)
      .exactOptional()
      .describe('Windows of the week: between from and until the silence holds in these alone.'),
    owner: line(200).describe('Who answers for the silence: a person, a team or an address.'),
    reason: line(500).describe('Why nobody need be rung.'),
  })
  .superRefine(checkLength)
  .superRefine(checkScope);

type Written = Readonly<Record<'from' | 'until', string>> &
  Readonly<Partial<Record<'rules' | 'severities' | 'accounts' | 'groups', unknown>>>;

function checkLength({ from, until }: Written, context: z.RefinementCtx): void {
  const lengthMs = Date.parse(until) - Date.parse(from);
  if (lengthMs <= 0) {
    refuse(context, ['until'], {
      code: 'out-of-range',
      message: `until is ${until}; expected a time after from, which is ${from}`,
    });
  } else if (lengthMs > MAX_SILENCE_DAYS * DAY_MS) {
    refuse(context, ['until'], {
      code: 'out-of-range',
      message: `the silence lasts ${Math.ceil(lengthMs / DAY_MS)} days; expected at most ${MAX_SILENCE_DAYS}`,
      hint: 'what is right for good belongs in the rule: as an exception, in its pattern, or as mode: stage',
    });
  }
}

function checkScope({ rules, severities, accounts, groups = {} }: Written, context: z.RefinementCtx): void {
  const groupedBy = Object.keys(groups as object);
  if ([rules, severities, accounts].every((list) => list === undefined) && groupedBy.length === 0) {
    refuse(context, [], {
      code: 'silences-everything',
      message: 'the silence names no alarms; expected rules, severities, accounts or groups',
      hint: 'to silence everything, list all severities',
    });
  }
  if (accounts !== undefined && groupedBy.includes(ACCOUNT_SELECTOR)) {
    refuse(context, ['groups', ACCOUNT_SELECTOR], {
      code: 'accounts-twice',
      message: `accounts and groups both say which values of ${ACCOUNT_SELECTOR} are silenced`,
      hint: 'keep one of them',
    });
  }
}
