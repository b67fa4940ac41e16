/**
 * A number as CloudWatch prints it in alarm messages and reasons: a Java double, so `1.0`, `0.5`, `1.0E7`, `1.0E-4`.
 * Every finite result is also a JSON number.
 */
export function cloudWatchNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (magnitude === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (magnitude >= 1e-3 && magnitude < 1e7) return withFraction(String(value));
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${withFraction(digits)}E${String(Number(exponent))}`;
}

function withFraction(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
