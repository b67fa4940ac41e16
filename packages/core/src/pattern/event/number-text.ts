/** What a number of an event is worth, and what it looks like to a text, glob or regular expression. */
import { type Decimal, parseDecimal } from '../decimal.ts';

export interface EventNumber {
  /** Undefined for a number too large for a double: it compares with nothing. */
  readonly value: Decimal | undefined;
  readonly text: string;
}

/** Whether a JSON number is spelled as an integer, which is exact at any size. Others are doubles. */
export function isIntegerSpelling(spelling: string): boolean {
  return !/[.eE]/.test(spelling);
}

/** Reads a number as a JSON event spells it. */
export function readEventNumber(spelling: string): EventNumber {
  if (isIntegerSpelling(spelling)) {
    return { value: parseDecimal(spelling), text: spelling === '-0' ? '0' : spelling };
  }
  const double = Number(spelling);
  return { value: Number.isFinite(double) ? parseDecimal(String(double)) : undefined, text: doubleText(double) };
}

/**
 * The shortest text of a double, in Java's form: `1.0`, `1000.0`, `1.0E7`, `9.0E-4`, `Infinity`.
 * CloudWatch is known to write 1, 1e3, 1e309 and 1e-999 this way; that it goes on so below 1e-3 and from 1e7 is our reading.
 */
export function doubleText(double: number): string {
  if (!Number.isFinite(double)) return String(double);
  if (double === 0) return Object.is(double, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(double);
  if (magnitude >= 1e-3 && magnitude < 1e7) return withFraction(String(double));
  const [mantissa = '', exponent = ''] = double.toExponential().split('e');
  return `${withFraction(mantissa)}E${Number(exponent)}`;
}

function withFraction(text: string): string {
  return text.includes('.') ? text : `${text}.0`;
}
