import { compactJson } from '../input/json-text.ts';
import type { Message } from '../input/read-messages.ts';

/**
 * One message as a line of JSON: where it stands, what it says (itself, spelled as it is, where it is a JSON object, otherwise
 * a string) and whatever else is known of it.
 */
export function messageAsJson(file: string, message: Message, more: Readonly<Record<string, unknown>>): string {
  const { event, line, entry } = message;
  const place = JSON.stringify({ file, line, entry });
  const text = event.root === undefined ? JSON.stringify(event.message) : compactJson(event.message);
  const rest = JSON.stringify(more);
  return `${place.slice(0, -1)},"message":${text}${rest === '{}' ? '' : ','}${rest.slice(1)}`;
}
