import { distance } from 'fastest-levenshtein';

/**
 * The known word that a misspelt one was most likely meant to be. `period_`, `TreatMissingData` and `datapoints_to_alarm` are
 * taken for the same words spelled in another tool's way; otherwise two letters may be wrong, or a third of a long word.
 */
export function closestWord(word: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(word);
  let closest: string | undefined;
  let fewestEdits = 1 + (letters.length < 4 ? 1 : Math.max(2, Math.floor(letters.length / 3)));
  for (const candidate of known) {
    const edits = distance(letters, lettersOf(candidate));
    if (edits < fewestEdits) {
      closest = candidate;
      fewestEdits = edits;
    }
  }
  return closest;
}

function lettersOf(word: string): string {
  return word
    .slice(0, 100)
    .toLowerCase()
    .replace(/[-_\s]/g, '');
}
