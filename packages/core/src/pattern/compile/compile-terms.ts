import type { TermsPattern } from '../ast.ts';

/** Compiles unstructured terms to a test of messages. */
export function compileTerms(pattern: TermsPattern): (message: string) => boolean {
  const textsOf = (kind: 'required' | 'excluded' | 'optional') =>
    pattern.terms.filter((term) => term.kind === kind).map(({ text }) => text);
  const required = textsOf('required');
  const excluded = textsOf('excluded');
  if (required.length === 0 && excluded.length === 0) {
    const optional = textsOf('optional');
    return (message) => optional.some((text) => message.includes(text));
  }
  return (message) =>
    required.every((text) => message.includes(text)) && !excluded.some((text) => message.includes(text));
}
