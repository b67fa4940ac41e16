import type { GlobLiteral, RegexLiteral, TextLiteral } from '../pattern/index.ts';
import { parseRegex, type RegexPiece } from '../pattern/regex/regex-syntax.ts';

/**
 * Texts and globs of which one fits wherever the regular expression is found: `%^Delete|^Put.*Policy$%` is `Delete*` or `Put*`.
 * Undefined where an alternative has no text that it always finds.
 */
export function literalsOfRegex({ source, span }: RegexLiteral): readonly (TextLiteral | GlobLiteral)[] | undefined {
  const literals = parseRegex(source).alternatives.map((pieces) => literalOf(pieces, span));
  const known = literals.filter((literal) => literal !== undefined);
  return known.length === literals.length ? known : undefined;
}

function literalOf(pieces: readonly RegexPiece[], span: RegexLiteral['span']): TextLiteral | GlobLiteral | undefined {
  const isAnchored = { start: pieces.at(0)?.kind === 'start', end: pieces.at(-1)?.kind === 'end' };
  const inner = pieces.slice(isAnchored.start ? 1 : 0, isAnchored.end ? -1 : undefined);
  const runs = runsOf(inner);
  const [first = '', last = ''] = [runs.at(0), runs.at(-1)];
  const glob = (text: string, openStart: boolean, openEnd: boolean): TextLiteral | GlobLiteral | undefined => {
    if (text === '') return undefined;
    return openStart || openEnd ? { kind: 'glob', text, openStart, openEnd, span } : { kind: 'text', text, span };
  };
  if (runs.length === 1) return glob(first, !isAnchored.start, !isAnchored.end);
  if (isAnchored.start && first !== '') return glob(first, false, true);
  if (isAnchored.end && last !== '') return glob(last, true, false);
  return glob(
    runs.reduce((longest, run) => (run.length > longest.length ? run : longest)),
    true,
    true,
  );
}

/** The texts between the pieces that are not one certain character; there is at least one run, which may be empty. */
function runsOf(pieces: readonly RegexPiece[]): readonly string[] {
  const runs = [''];
  for (const piece of pieces) {
    const character = characterOf(piece);
    if (character === undefined) runs.push('');
    else runs.push(`${runs.pop() ?? ''}${character}`);
  }
  return runs;
}

function characterOf(piece: RegexPiece): string | undefined {
  if (piece.kind !== 'set' || piece.min !== 1 || piece.max !== 1) return undefined;
  const [only, ...others] = piece.ranges;
  if (only === undefined || others.length > 0 || only[0] !== only[1]) return undefined;
  return String.fromCodePoint(only[0]);
}
