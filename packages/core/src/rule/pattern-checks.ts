import type * as z from 'zod';
import { parsePattern, parseSelector, PatternSyntaxError } from '../pattern/index.ts';
import { refuse } from './refuse.ts';

/** Refuses text that is not a CloudWatch Logs filter pattern. */
export function checkPattern(text: string, context: z.RefinementCtx): void {
  refuseSyntaxErrors(context, 'pattern-syntax', () => parsePattern(text));
}

/** Refuses text that is not a selector of one value, such as `$.userIdentity.arn`. */
export function checkSelector(text: string, context: z.RefinementCtx): void {
  refuseSyntaxErrors(context, 'selector-syntax', () => parseSelector(text));
}

function refuseSyntaxErrors(context: z.RefinementCtx, code: string, parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    const { hint, message } = error;
    // The message of the error ends with its hint, which a problem shows apart.
    const [sentence, advice] =
      hint === undefined ? [message, {}] : [message.slice(0, -hint.length).trimEnd(), { hint }];
    refuse(context, [], { code, message: sentence, ...advice, textOffset: error.offset });
  }
}
