import * as z from 'zod';
import { closestWord } from '../rule/closest-word.ts';
import { quote } from '../rule/describe-value.ts';
import { refuse } from '../rule/refuse.ts';
import { WEEKDAYS, type TimeInterval } from './time-interval.ts';

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const END_OF_WINDOW = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** A window that comes again every week, as a YAML file says it. */
export const TIME_INTERVAL_SCHEMA = z
  .strictObject({
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .exactOptional()
      .describe('The days on which the window begins: monday to sunday. Every day where it is left out.'),
    from: z
      .string()
      .regex(TIME_OF_DAY, 'a time of day from 00:00 to 23:59, such as 09:30')
      .describe('The time of day, HH:MM, at which the window begins.'),
    to: z
      .string()
      .regex(END_OF_WINDOW, 'a time of day up to 24:00, such as 17:30')
      .describe('The time of day, HH:MM, at which the window is over; earlier than from, it is on the next day.'),
    timeZone: z
      .string()
      .superRefine(checkTimeZone)
      .describe('The time zone of from, to and days, by its IANA name: Europe/Berlin, America/New_York, UTC.'),
  })
  .superRefine(checkLength);

function checkTimeZone(timeZone: string, context: z.RefinementCtx): void {
  if (/^[+-]/.test(timeZone)) {
    refuse(context, [], {
      code: 'unknown-time-zone',
      message: `${quote(timeZone)} is an offset; expected the name of a time zone`,
      hint: 'an offset knows no summer time: name a place, such as Europe/Berlin, or UTC',
    });
    return;
  }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
  } catch {
    const close = closestWord(timeZone, Intl.supportedValuesOf('timeZone'));
    refuse(context, [], {
      code: 'unknown-time-zone',
      message: `${quote(timeZone)} is no time zone of the IANA database`,
      hint: close === undefined ? 'expected a name such as Europe/Berlin or UTC' : `did you mean ${close}?`,
    });
  }
}

function checkLength({ from, to }: Pick<TimeInterval, 'from' | 'to'>, context: z.RefinementCtx): void {
  if (from !== to) return;
  refuse(context, ['to'], {
    code: 'empty-window',
    message: `the window ends when it begins, at ${quote(to)}`,
    hint: 'for whole days write from: 00:00 and to: 24:00',
  });
}
