import { fieldOf } from '../json/index.ts';

/** Of a record that claims to be from after this nothing is known: whoever lets time pass up to it would wait for ever. */
const NO_LATER_THAN_MS = Date.UTC(2100, 0, 1);

/** When a record says that it happened, in epoch milliseconds; undefined where it does not, or says a time after the year 2099. */
export function eventTimeMs(record: unknown): number | undefined {
  const time = fieldOf(record, 'eventTime');
  const timeMs = typeof time === 'string' ? Date.parse(time) : NaN;
  return timeMs < NO_LATER_THAN_MS ? timeMs : undefined;
}
