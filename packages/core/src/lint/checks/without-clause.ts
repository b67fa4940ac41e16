import type { Span } from '../../pattern/index.ts';

/** What to cut out of a pattern to be rid of a clause: the clause, parentheses that hold nothing else, and the && or || that joins it. */
export function withoutClause(text: string, clause: Span): Span | undefined {
  let start = clause.offset;
  let end = clause.offset + clause.length;
  for (;;) {
    const before = /\(\s*$/.exec(text.slice(0, start));
    const after = /^\s*\)/.exec(text.slice(end));
    if (before === null || after === null) break;
    start = before.index;
    end += after[0].length;
  }
  const joinedBefore = /\s*(?:&&|\|\|)\s*$/.exec(text.slice(0, start));
  if (joinedBefore !== null) return { offset: joinedBefore.index, length: end - joinedBefore.index };
  const joinedAfter = /^\s*(?:&&|\|\|)\s*/.exec(text.slice(end));
  return joinedAfter === null ? undefined : { offset: start, length: end + joinedAfter[0].length - start };
}
