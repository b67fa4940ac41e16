import type { FieldComparison, SpaceEntry, SpaceField, SpacePattern } from '../ast.ts';
import { bindFields } from '../evaluate/bind-fields.ts';
import { type Explanation, explainExpression, explainLeaf, explainParts } from './explanation.ts';
import { explainField } from './explain-value.ts';
import { fieldComparisonAsTyped } from './as-typed.ts';
import { showText } from './show-value.ts';
import { splitFields } from '../event/split-fields.ts';
import { type RegexFinder, fieldTestHolds } from '../evaluate/value-test.ts';

/** Explains every entry of a space-delimited pattern. */
export function explainSpace(pattern: SpacePattern, message: string, findsRegex: RegexFinder): Explanation {
  const { entries } = pattern;
  if (entries.length === 0) return explainLeaf('[]', true, 'it matches every event', { offset: 0, length: 0 });
  const bound = bindFields(entries, message);
  if (bound === undefined) {
    const needed = entries.filter(({ kind }) => kind !== 'ellipsis').length;
    const reason = `the pattern needs ${needed} fields, the message has ${splitFields(message).length}`;
    return explainParts(
      'all',
      entries.map((entry) => explainLeaf(labelOf(entry), false, reason, entry.span)),
    );
  }
  const texts = new Map(bound.map(({ entry, text }) => [entry, text]));
  return explainParts(
    'all',
    entries.map((entry) => explainEntry(entry, texts.get(entry) ?? '', findsRegex)),
  );
}

function labelOf(entry: SpaceEntry): string {
  switch (entry.kind) {
    case 'field':
      return entry.name;
    case 'unnamed':
      return 'any field';
    case 'ellipsis':
      return '...';
  }
}

function explainEntry(entry: SpaceEntry, text: string, findsRegex: RegexFinder): Explanation {
  if (entry.kind === 'ellipsis') return explainLeaf('...', true, 'it covers any fields', entry.span);
  const { condition } = entry.kind === 'field' ? entry : {};
  if (entry.kind === 'unnamed' || condition === undefined) {
    return explainLeaf(labelOf(entry), true, 'the field is there', entry.span, [showText(text)]);
  }
  return explainExpression(condition, (comparison) => explainComparison(entry, comparison, text, findsRegex));
}

function explainComparison(
  entry: SpaceField,
  comparison: FieldComparison,
  text: string,
  findsRegex: RegexFinder,
): Explanation {
  const label = fieldComparisonAsTyped(entry.name, comparison);
  const seen = [showText(text)];
  if (comparison.kind === 'present') return explainLeaf(label, true, 'the field is there', comparison.span, seen);
  const holds = fieldTestHolds(comparison.test, text, findsRegex);
  return explainLeaf(label, holds, explainField(comparison.test, text, holds), comparison.span, seen);
}
