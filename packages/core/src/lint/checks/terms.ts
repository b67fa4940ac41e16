import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';

/** Patterns that look at the text of a record and not at its fields. */
export function checkTerms({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  switch (pattern.kind) {
    case 'json':
    case 'everything':
      return [];
    case 'regex':
      return [wholeText({ offset: 0, length: text.length }, 'the expression is')];
    case 'space':
      return pattern.entries.length === 0
        ? []
        : [
            {
              code: 'not-json',
              severity: 'error',
              span: { offset: 0, length: text.length },
              message: 'this pattern divides a line of text at its blanks; a CloudTrail record is JSON',
              hint: 'write { $.eventName = "..." }',
            },
          ];
    case 'terms': {
      const isMixed = pattern.terms.some(({ kind }) => kind !== 'optional');
      const ignored = isMixed ? pattern.terms.filter(({ kind }) => kind === 'optional') : [];
      const span = pattern.terms[0]?.span ?? { offset: 0, length: text.length };
      return [
        ...ignored.map((term): PatternComplaint => ({
          code: 'optional-ignored',
          span: term.span,
          message: `?${term.text} does not count: beside other terms CloudWatch leaves ? terms out`,
          hint: 'put ? before all terms, or write a JSON pattern with ||',
        })),
        wholeText(span, 'terms are'),
      ];
    }
  }
}

function wholeText(span: PatternComplaint['span'], what: string): PatternComplaint {
  return {
    code: 'not-json',
    span,
    message: `${what} looked for in the whole text of each record: in every field, and in what callers write`,
    hint: 'write { $.eventName = "..." }, which looks at one field',
  };
}
