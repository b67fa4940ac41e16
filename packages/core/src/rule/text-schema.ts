import * as z from 'zod';

/** The id of an AWS account. */
export const ACCOUNT_ID = z.string().regex(/^\d{12}$/, 'an account id, which has 12 digits');

/** What rules, silences and routes are called. */
export function hyphenated(expected = 'lower-case words and digits joined by single hyphens'): z.ZodString {
  return z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, expected);
}

/** One line of text, of at most so many characters. */
export function line(maxLength: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^\S(?:.*\S)?$/, 'one line of text without blanks at its ends');
}
