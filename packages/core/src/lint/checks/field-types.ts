import { formatSelector, type JsonComparison } from '../../pattern/index.ts';
import { fieldAt } from '../aws/field-at.ts';
import type { PatternComplaint } from '../finding.ts';
import { quoteOf } from '../logic/span-of.ts';

/** Comparisons that a field never meets because of what it is: text, a boolean, a map or a list. */
export function fieldType(
  comparison: JsonComparison,
  text: string,
  isTestedAsBoolean: boolean,
): PatternComplaint | undefined {
  const at = fieldAt(comparison.selector);
  if (at.kind === 'unknown') return isTestedAsBoolean ? undefined : bareBoolean(comparison, text);
  if (at.kind === 'none' || comparison.kind === 'not-exists') return undefined;
  const selector = formatSelector(comparison.selector);
  const { span } = comparison;
  const never = `${quoteOf(comparison, text)} never holds`;
  const { field } = at;
  switch (field.kind) {
    case 'boolean': {
      if (comparison.kind === 'is') return undefined;
      const meant = booleanTest(comparison);
      return {
        code: 'field-type',
        span,
        message: `${never}: ${selector} is true or false, and those compare with nothing`,
        hint: `write ${meant ?? `${selector} IS TRUE or ${selector} IS FALSE`}`,
        ...(meant !== undefined && { replacement: { span, text: meant } }),
      };
    }
    case 'text':
      return wrongForText(comparison, selector, never);
    case 'map':
    case 'list':
    case 'open':
      if (field.kind === 'open' && comparison.kind === 'is') return undefined;
      return {
        code: 'field-type',
        span,
        message: `${never}: ${selector} is a ${field.kind === 'list' ? 'list' : 'map'}, and those compare with nothing`,
        hint: `name a field in it; whether it is there, ${selector} NOT EXISTS tells`,
      };
    case 'number':
      return undefined;
  }
}

function wrongForText(comparison: JsonComparison, selector: string, never: string): PatternComplaint | undefined {
  const { span } = comparison;
  if (comparison.kind === 'is' && comparison.constant !== 'NULL') {
    const field = fieldAt(comparison.selector);
    const values = field.kind === 'field' && field.field.kind === 'text' ? field.field.values : undefined;
    const isTrue = comparison.constant === 'TRUE';
    const meant = values?.find((value) => (isTrue ? /^(?:true|yes)$/i : /^(?:false|no)$/i).test(value));
    const cured = `${selector} = "${meant ?? comparison.constant.toLowerCase()}"`;
    return {
      code: 'field-type',
      span,
      message: `${never}: CloudTrail writes ${selector} as text`,
      hint: `write ${cured}`,
      ...(meant !== undefined && { replacement: { span, text: cured } }),
    };
  }
  if (comparison.kind === 'compare' && comparison.test.kind === 'ordering') {
    return {
      code: 'field-type',
      span,
      message: `${never}: CloudTrail writes ${selector} as text, and texts have no order`,
      hint: `compare with = or !=, with * at an end for a part, or with an expression`,
    };
  }
  return undefined;
}

/** `$.readOnly = false`, as it has to be written. */
function booleanTest(comparison: Extract<JsonComparison, { kind: 'compare' }>): string | undefined {
  const { selector, test } = comparison;
  if (test.kind !== 'equality' || test.literal.kind !== 'text' || !/^(?:true|false)$/i.test(test.literal.text))
    return undefined;
  const isTrue = /^true$/i.test(test.literal.text) === (test.operator === '=');
  return `${formatSelector(selector)} IS ${isTrue ? 'TRUE' : 'FALSE'}`;
}

/** `= true` without quotes looks like a boolean and is a text. */
function bareBoolean(comparison: JsonComparison, text: string): PatternComplaint | undefined {
  if (comparison.kind !== 'compare' || comparison.test.kind !== 'equality') return undefined;
  const { literal } = comparison.test;
  const meant = booleanTest(comparison);
  if (meant === undefined || text.charAt(literal.span.offset) === '"') return undefined;
  return {
    code: 'field-type',
    severity: 'warning',
    span: comparison.span,
    message: `${quoteOf(comparison, text)} holds for the text and never for the boolean`,
    hint: `for a boolean write ${meant}; where the service writes text, put the value in quotes`,
  };
}
