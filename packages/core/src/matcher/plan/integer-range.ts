import type { NumberLiteral } from '../../pattern/index.ts';

/** The integers from `low` to `high`; none where `low` is greater. Doubles: the scanner compares integers of up to fifteen digits. */
export interface IntegerRange {
  readonly low: number;
  readonly high: number;
}

const NO_INTEGER: IntegerRange = { low: 1, high: 0 };

/** The integers that pass an ordering or equal a literal. */
export function integerRange(operator: '=' | '<' | '<=' | '>' | '>=', literal: NumberLiteral): IntegerRange {
  const { floor, ceiling } = boundsOf(literal.value);
  switch (operator) {
    case '=':
      return floor === ceiling ? { low: floor, high: floor } : NO_INTEGER;
    case '<':
      return { low: -Infinity, high: ceiling - 1 };
    case '<=':
      return { low: -Infinity, high: floor };
    case '>':
      return { low: floor + 1, high: Infinity };
    case '>=':
      return { low: ceiling, high: Infinity };
  }
}

/** Beyond so many digits before the point, only the sign matters to integers of up to fifteen. */
const MAX_WHOLE_DIGITS = 17;

/** The integers next to a decimal. Those beyond fifteen digits are not exact, and need not be. */
function boundsOf({ negative, digits, exponent }: NumberLiteral['value']): {
  readonly floor: number;
  readonly ceiling: number;
} {
  const wholeDigits = Math.min(Math.max(exponent, 0), MAX_WHOLE_DIGITS);
  const whole = Number(digits.slice(0, wholeDigits).padEnd(wholeDigits, '0'));
  const next = digits.length > Math.max(exponent, 0) ? whole + 1 : whole;
  return negative ? { floor: -next, ceiling: -whole } : { floor: whole, ceiling: next };
}
