import { plainText } from '@trailbell/core/cloudtrail';
import { replaceUnseen } from '@trailbell/core/text';

/** A text from outside that cannot steer a terminal or hide: what is not seen is replaced by what is. Tabs stay. */
export function harmless(text: string): string {
  return text
    .split('\t')
    .map((part) => plainText(part, Infinity))
    .join('\t');
}

/** The same for JSON without white space between its parts: inside strings an escape means what the character did. */
export function harmlessJson(json: string): string {
  return replaceUnseen(json, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
