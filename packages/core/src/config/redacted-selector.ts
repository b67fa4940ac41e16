import type * as z from 'zod';
import type { RedactedPath } from '../cloudtrail/index.ts';
import { parseSelector, PatternSyntaxError } from '../pattern/index.ts';
import { quote } from '../rule/describe-value.ts';
import { refuse } from '../rule/refuse.ts';

const SECTIONS = ['requestParameters', 'responseElements'];
const EXAMPLE = 'such as $.requestParameters.settings.pin; of a list each element is meant, whatever its index';

/**
 * The path that a selector names, as redaction reads it: the names of its properties. Which element of a list is meant does not
 * count, all are. Throws a PatternSyntaxError for what is no selector.
 */
export function redactedPathOf(selector: string): RedactedPath {
  return parseSelector(selector).steps.flatMap((step) => (step.kind === 'property' ? [step.name] : []));
}

/** Refuses what is no selector, or one that leads to where nothing is redacted. */
export function checkRedactedSelector(selector: string, context: z.RefinementCtx): void {
  const fault = faultOf(selector);
  if (fault !== undefined) refuse(context, [], { code: 'invalid-format', ...fault });
}

function faultOf(selector: string): { readonly message: string; readonly hint: string } | undefined {
  try {
    const [section] = parseSelector(selector).steps;
    if (section?.kind !== 'property' || !SECTIONS.includes(section.name)) {
      return {
        message: `is ${quote(selector)}; expected a selector below $.requestParameters or $.responseElements`,
        hint: EXAMPLE,
      };
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return { message: `is ${quote(selector)}, which is no selector: ${error.message}`, hint: EXAMPLE };
  }
}
