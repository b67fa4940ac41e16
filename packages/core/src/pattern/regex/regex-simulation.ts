/** Finds a regular expression by keeping the set of places in it that the text so far can have led to. Slow, linear and obvious. */
import type { CodePointRange, RegexPiece, RegexSyntax } from './regex-syntax.ts';

/** A place in an alternative: what the next character must be, and whether it may be left out or repeated. */
type Place =
  | { readonly kind: 'start' | 'end' }
  | {
      readonly kind: 'set';
      readonly ranges: readonly CodePointRange[];
      readonly isOptional: boolean;
      readonly isRepeated: boolean;
    };

/** Whether the expression is found anywhere in the text. */
export function simulateRegex(syntax: RegexSyntax, text: string): boolean {
  return syntax.alternatives.some((pieces) => findsAlternative(pieces.flatMap(placesOf), text));
}

function placesOf(piece: RegexPiece): Place[] {
  if (piece.kind !== 'set') return [piece];
  const { kind, ranges } = piece;
  const required = Array.from({ length: piece.min }, () => ({ kind, ranges, isOptional: false, isRepeated: false }));
  if (piece.max === Infinity) return [...required, { kind, ranges, isOptional: true, isRepeated: true }];
  const optional = { length: piece.max - piece.min };
  return [...required, ...Array.from(optional, () => ({ kind, ranges, isOptional: true, isRepeated: false }))];
}

function findsAlternative(places: readonly Place[], text: string): boolean {
  let reached = new Set<number>();
  let at = 0;
  for (;;) {
    addWithSkips(0, places, reached, at === 0, at === text.length);
    if (reached.has(places.length)) return true;
    const codePoint = text.codePointAt(at);
    if (codePoint === undefined) return false;
    at += codePoint > 0xffff ? 2 : 1;
    const next = new Set<number>();
    for (const index of reached) {
      const place = places[index];
      if (place?.kind !== 'set' || !contains(place.ranges, codePoint)) continue;
      if (place.isRepeated) addWithSkips(index, places, next, false, at === text.length);
      addWithSkips(index + 1, places, next, false, at === text.length);
    }
    reached = next;
  }
}

/** Adds a place, and those after it that are reached without a character. */
function addWithSkips(
  from: number,
  places: readonly Place[],
  reached: Set<number>,
  isStart: boolean,
  isEnd: boolean,
): void {
  for (let index = from; !reached.has(index); index++) {
    reached.add(index);
    const place = places[index];
    if (place === undefined) return;
    const isPassable = place.kind === 'set' ? place.isOptional : place.kind === 'start' ? isStart : isEnd;
    if (!isPassable) return;
  }
}

function contains(ranges: readonly CodePointRange[], codePoint: number): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}
