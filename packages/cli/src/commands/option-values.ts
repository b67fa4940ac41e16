import { InvalidArgumentError } from 'commander';

/** The values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Which rules a command is about. */
export const RULES = [
  '--rules <folder>',
  'a folder of rule files, or one file; may be repeated; those of trailbell.config.ts unless given',
  collect,
] as const;

/** A day, YYYY-MM-DD. @throws InvalidArgumentError */
export function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  // Of a day that its month does not have, Date makes one of the next month.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('expected a date such as 2027-06-30.');
  }
  return text;
}

/** A number of 0.01 or more. @throws InvalidArgumentError */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value >= 0.01) || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number of 0.01 or more.');
  return value;
}

/** A number from 0 to 1e15, which JSON and a table can hold also when it was multiplied. @throws InvalidArgumentError */
export function amount(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= 0 && value <= 1e15)) throw new InvalidArgumentError('expected a number from 0 to 1e15.');
  return value;
}

/** A whole number from 1 to 1e9. @throws InvalidArgumentError */
export function whole(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 1e9)) {
    throw new InvalidArgumentError('expected a whole number of 1 or more.');
  }
  return value;
}

/** A number from 0 to 1. @throws InvalidArgumentError */
export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('expected a number from 0 to 1.');
  return value;
}
