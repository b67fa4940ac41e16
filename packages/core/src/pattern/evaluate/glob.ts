import type { GlobLiteral } from '../ast.ts';

/** Whether a text begins with, ends with or contains the literal's text, depending on which of its ends are open. */
export function globMatches(glob: GlobLiteral, text: string): boolean {
  if (glob.openStart && glob.openEnd) return text.includes(glob.text);
  return glob.openStart ? text.endsWith(glob.text) : text.startsWith(glob.text);
}
