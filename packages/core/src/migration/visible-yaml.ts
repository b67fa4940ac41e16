import { visit, type Document } from 'yaml';
import { replaceUnseen } from '../text/index.ts';

/** A document as YAML on unfolded lines, in which every character that would not be seen, but lines and tabs, is written as an escape. */
export function visibleYaml(document: Document): string {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && escaped(scalar.value) !== scalar.value) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  // They stand between double quotes alone, where an escape means what the character did.
  return escaped(document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true }));
}

function escaped(text: string): string {
  return replaceUnseen(text, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0') ?? ''}`;
  });
}
