import { parseSelector, type Expression, type JsonComparison } from '../pattern/index.ts';
import type { NameTest } from './alternative.ts';
import type { NameCover } from './cover-names.ts';

const EVENT_NAME = parseSelector('$.eventName');

/** `$.eventName = a || $.eventName = b*`. The beginning of every name, the empty one, is `*`. */
export function nameCondition(names: readonly NameTest[]): Expression<JsonComparison> {
  const [first, second] = names.map(comparisonOf);
  if (first === undefined) throw new Error('a condition of no names');
  return second === undefined ? first : { kind: 'or', operands: names.map(comparisonOf) };
}

/** One of the names of a cover, and none of those that it excludes. */
export function coverCondition({ tests, excluded }: NameCover): Expression<JsonComparison> {
  const named = nameCondition(tests);
  if (excluded.length === 0) return named;
  const { span } = EVENT_NAME;
  const not = (text: string): JsonComparison => ({
    kind: 'compare',
    selector: EVENT_NAME,
    span,
    test: { kind: 'equality', operator: '!=', literal: { kind: 'text', text, span } },
  });
  return { kind: 'and', operands: [named, ...excluded.map(not)] };
}

function comparisonOf({ text, isPrefix }: NameTest): JsonComparison {
  const { span } = EVENT_NAME;
  return {
    kind: 'compare',
    selector: EVENT_NAME,
    span,
    test: {
      kind: 'equality',
      operator: '=',
      literal: isPrefix
        ? { kind: 'glob', text, openStart: text === '', openEnd: true, span }
        : { kind: 'text', text, span },
    },
  };
}
