import type { Position } from '../rule/index.ts';
import type { PlacedComplaint } from './complaints.ts';
import type { Fix } from './finding.ts';
import { placeOf, type LintedRule } from './linted-rule.ts';

/**
 * The change of the file that a complaint about a pattern asks for. Undefined where there is none, and where what stands in the file
 * is not what the pattern says: behind the name of a list, in another file, in an anchor.
 */
export function fixOf(linted: LintedRule, { replacement, path }: PlacedComplaint, fileText: string): Fix | undefined {
  if (replacement === undefined) return undefined;
  const pattern = [linted.pattern, ...linted.exceptions].find((one) => one.path === path);
  if (pattern === undefined) return undefined;
  const { offset, length } = replacement.span;
  const { start, end } = placeOf(linted, pattern, replacement.span);
  const lines = new LineOffsets(fileText);
  const written = fileText.slice(lines.offsetOf(start), lines.offsetOf(end));
  const style = fileText.charAt(lines.offsetOf(linted.rule.source.positionOf(path)));
  const said = pattern.text.slice(offset, offset + length);
  if (oneLine(written) !== oneLine(encoded(said, style))) return undefined;
  return { start, end, text: encoded(replacement.text, style) };
}

/** The text of a file with fixes made; of two that touch the same place the first is made. */
export function applyFixes(fileText: string, fixes: readonly Fix[]): { readonly text: string; readonly fixed: number } {
  const lines = new LineOffsets(fileText);
  const edits = fixes
    .map(({ start, end, text }) => ({ from: lines.offsetOf(start), to: lines.offsetOf(end), text }))
    .toSorted((a, b) => a.from - b.from);
  let text = '';
  let copied = 0;
  let fixed = 0;
  for (const edit of edits) {
    if (edit.from < copied) continue;
    text += fileText.slice(copied, edit.from) + edit.text;
    copied = edit.to;
    fixed += 1;
  }
  return { text: text + fileText.slice(copied), fixed };
}

/** As the scalar that begins with this character has to spell a text. */
function encoded(text: string, style: string): string {
  if (style === "'") return text.replaceAll("'", "''");
  return style === '"' ? text.replaceAll(/["\\]/g, '\\$&') : text;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** Where lines begin. Lines and columns count from 1, and a mark at the start of the file counts as nothing. */
class LineOffsets {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const first = text.startsWith('\ufeff') ? 1 : 0;
    this.#starts = [first, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  offsetOf({ line, column }: Position): number {
    return (this.#starts[line - 1] ?? 0) + column - 1;
  }
}
