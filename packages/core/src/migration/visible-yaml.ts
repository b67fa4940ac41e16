import { visit, type Document } from 'yaml';

/** What a terminal or an editor does not show, but lines and tabs: controls, marks that turn the direction of text, halves of surrogate pairs. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A document as YAML on unfolded lines, in which every character that would not be seen is written as an escape. */
export function visibleYaml(document: Document): string {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.search(UNSEEN) >= 0) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: true });
  // They stand between double quotes alone, where an escape means what the character did.
  return text.replaceAll(UNSEEN, (character) => `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0') ?? ''}`);
}
