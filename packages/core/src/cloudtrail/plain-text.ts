import { Buffer } from 'node:buffer';
import { replaceUnseen } from '../text/index.ts';

/** Text from outside, made harmless to print: the one place where event fields are cleaned and shortened. */

/** Marks the place where text was cut off. */
export const CUT_MARK = '…';

/**
 * The text with every character that cannot be seen replaced by one that can: ASCII controls by their Unicode control
 * pictures (a line feed by `␊`), the others by `�`; at most `maxLength` UTF-16 units, `…` being the last where it was cut.
 */
export function plainText(value: string, maxLength: number): string {
  return replaceUnseen(cutText(value, maxLength), visible);
}

/** Trusted text (a rule's description may have lines), well formed and at most `maxLength` UTF-16 units, `…` where it was cut. */
export function cutText(value: string, maxLength: number): string {
  if (value.length <= maxLength) return value.toWellFormed();
  if (maxLength < 1) return '';
  const kept = value.slice(0, maxLength - 1);
  return (endsInsidePair(kept) ? kept.slice(0, -1) : kept).toWellFormed() + CUT_MARK;
}

/** The same data with every string, however deep, replaced by what `change` makes of it. For data without cycles. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, mapStrings(field, change)]));
}

/** The size of a text in UTF-8, in bytes. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text);
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

function endsInsidePair(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
