import type { Pattern, RegexLiteral, Term } from '../ast.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { type Explanation, explainLeaf, explainParts } from './explanation.ts';
import { explainJson } from './explain-json.ts';
import { explainSpace } from './explain-space.ts';
import { formatPattern, formatTerm } from '../format-pattern.ts';

/** Says why a pattern matches a message or does not, comparison by comparison. The verdict at the top is the pattern's. */
export function explainPattern(pattern: Pattern, message: string): Explanation {
  switch (pattern.kind) {
    case 'everything':
      return explainLeaf('', true, 'the empty pattern matches every event', { offset: 0, length: 0 });
    case 'terms':
      return explainTerms(pattern.terms, message);
    case 'regex': {
      const isFound = findsRegex(pattern.regex, message);
      const reason = isFound ? 'the expression is found' : 'the expression is not found';
      return explainLeaf(formatPattern(pattern), isFound, reason, pattern.regex.span);
    }
    case 'json':
      return explainJson(pattern, message, findsRegex);
    case 'space':
      return explainSpace(pattern, message, findsRegex);
  }
}

function findsRegex(regex: RegexLiteral, text: string): boolean {
  return compileRegex(regex)(text);
}

function explainTerms(terms: readonly Term[], message: string): Explanation {
  const areAllOptional = terms.every(({ kind }) => kind === 'optional');
  const parts = terms.map((term) => explainTerm(term, message, areAllOptional));
  return explainParts(areAllOptional ? 'any' : 'all', parts);
}

function explainTerm(term: Term, message: string, areAllOptional: boolean): Explanation {
  const label = formatTerm(term);
  if (term.kind === 'optional' && !areAllOptional) {
    const reason = '? terms count only where there are no others';
    return { ...explainLeaf(label, true, reason, term.span), verdict: 'ignored' };
  }
  const at = message.indexOf(term.text);
  const isFound = at !== -1;
  const holds = isFound === (term.kind !== 'excluded');
  return explainLeaf(
    label,
    holds,
    isFound ? `it occurs at character ${at + 1}` : explainMissing(term, message),
    term.span,
  );
}

function explainMissing(term: Term, message: string): string {
  const differsInCase = message.toLowerCase().includes(term.text.toLowerCase());
  return differsInCase ? 'it occurs only in other upper and lower case' : 'it does not occur';
}
