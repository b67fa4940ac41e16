import { compilePattern, parseEvent, parseSelector, quote, selectScalar } from '@trailbell/core/pattern';
import type { LoadedRule } from '@trailbell/core/rule';
import { messageOf } from '@trailbell/core/rule-test';

/** An exception that would take out many of a rule's matches, and what speaks for and against it. */
export interface ExceptionProposal {
  readonly filterPattern: string;
  /** What they have in common: `the role deploy`. */
  readonly what: string;
  readonly matches: number;
  /** The names or places of the rule's own `matches` that it would take out too. It is safe where there are none. */
  readonly swallows: readonly string[];
}

/** The fields by which people make exceptions, the narrowest first. */
const FIELDS: readonly { readonly selector: string; readonly noun: string }[] = [
  { selector: '$.userIdentity.sessionContext.sessionIssuer.arn', noun: 'the role' },
  { selector: '$.userIdentity.arn', noun: 'the principal' },
  { selector: '$.userIdentity.invokedBy', noun: 'the service' },
  { selector: '$.sourceIPAddress', noun: 'the address' },
  { selector: '$.userAgent', noun: 'the user agent' },
];

/** A value that makes less than this share of the matches is no reason for an exception. */
const MIN_SHARE = 0.2;

const MAX_PROPOSALS = 5;

/** Exceptions from evidence: what many of the matching records have in common, those that take out most first. */
export function proposeExceptions(rule: LoadedRule, matched: readonly string[]): readonly ExceptionProposal[] {
  if (matched.length < 2) return [];
  const events = matched.map(parseEvent);
  const proposals = FIELDS.flatMap(({ selector, noun }) => {
    const parsed = parseSelector(selector);
    const counts = new Map<string, number>();
    for (const event of events) {
      const value = selectScalar(parsed, event);
      // A star in quotes stands for anything, and would say more than the evidence does.
      if (value !== undefined && value !== '' && !value.includes('*')) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count >= 2 && count / matched.length >= MIN_SHARE)
      .map(([value, count]) => ({ value, count, selector, noun }));
  });
  return proposals
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_PROPOSALS)
    .map(({ value, count, selector, noun }) => {
      const filterPattern = `{ ${selector} = ${quote(value)} }`;
      return { filterPattern, what: `${noun} ${value}`, matches: count, swallows: swallowed(rule, filterPattern) };
    });
}

function swallowed(rule: LoadedRule, filterPattern: string): readonly string[] {
  const pattern = compilePattern(filterPattern);
  return rule.examples.matches.flatMap(({ name, event }, index) =>
    pattern.matches(messageOf(event)) ? [name ?? `matches[${index}]`] : [],
  );
}
