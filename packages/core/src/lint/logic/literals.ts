/**
 * What holds between two literals, whatever the value: sound, not complete. A claim is proved; where nothing is claimed, nothing is
 * known. Values are the strings and numbers of events, as {@link equalsLiteral} compares them.
 */
import type { GlobLiteral, Literal } from '../../pattern/index.ts';
import { equalsLiteral, valuesEqualTo } from './equal-values.ts';
import { plainLiteral } from './plain-literal.ts';

/** `*`: every string and every number. */
export function isAnything(literal: Literal): boolean {
  const plain = plainLiteral(literal);
  return plain.kind === 'glob' && plain.text === '' && (plain.openStart || plain.openEnd);
}

/** Whether every value that equals `a` equals `b`. */
export function literalImplies(a: Literal, b: Literal): boolean {
  if (isAnything(b)) return true;
  const [left, right] = [plainLiteral(a), plainLiteral(b)];
  const values = valuesEqualTo(left);
  if (values !== undefined) return values.every((value) => equalsLiteral(right, value));
  if (left.kind === 'glob' && right.kind === 'glob') return isWithin(left, right);
  return left.kind === 'regex' && right.kind === 'regex' && left.source === right.source;
}

/** Whether no value equals both. */
export function areDisjoint(a: Literal, b: Literal): boolean {
  const [left, right] = [plainLiteral(a), plainLiteral(b)];
  const values = valuesEqualTo(left);
  if (values !== undefined) return !values.some((value) => equalsLiteral(right, value));
  const others = valuesEqualTo(right);
  if (others !== undefined) return !others.some((value) => equalsLiteral(left, value));
  if (left.kind !== 'glob' || right.kind !== 'glob') return false;
  const startsApart =
    !left.openStart && !right.openStart && !left.text.startsWith(right.text) && !right.text.startsWith(left.text);
  const endsApart =
    !left.openEnd && !right.openEnd && !left.text.endsWith(right.text) && !right.text.endsWith(left.text);
  return startsApart || endsApart;
}

function isWithin(part: GlobLiteral, whole: GlobLiteral): boolean {
  if (whole.openStart && whole.openEnd) return part.text.includes(whole.text);
  if (whole.openEnd) return !part.openStart && part.text.startsWith(whole.text);
  return !part.openEnd && part.text.endsWith(whole.text);
}
