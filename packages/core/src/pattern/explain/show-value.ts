/** Values of events, made short and safe to print. They are whatever an attacker chose to write. */
import { shorten } from '../characters.ts';
import { isJsonObject } from '../../json/index.ts';
import { replaceUnseen } from '../../text/index.ts';

const MAX_SHOWN = 80;

/** A text in quotes, at most 80 characters of it, with control, format and half characters escaped. */
export function showText(text: string): string {
  return replaceUnseen(JSON.stringify(shorten(text, MAX_SHOWN)), escapeCodePoint);
}

/** A JSON value: scalars as themselves, objects and arrays by their size. */
export function showValue(value: unknown, spelling: unknown): string {
  if (typeof value === 'string') return showText(value);
  if (typeof value === 'number') return shorten(typeof spelling === 'string' ? spelling : String(value), MAX_SHOWN);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isJsonObject(value)) return `an object of ${Object.keys(value).length}`;
  return String(value);
}

function escapeCodePoint(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return codePoint > 0xffff ? `\\u{${codePoint.toString(16)}}` : `\\u${codePoint.toString(16).padStart(4, '0')}`;
}
