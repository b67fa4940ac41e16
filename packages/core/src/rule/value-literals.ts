import { quote } from '../pattern/parse/read-quoted.ts';
import { parsePattern, PatternSyntaxError } from '../pattern/index.ts';
import { cidrWildcards, isCidr } from './cidr-wildcards.ts';
import type { Refusal } from './refuse.ts';

/**
 * What an entry of a shared list is in a filter pattern: a regular expression stays one, a block of addresses becomes the wildcards
 * that say the same, and any other text is put in quotes, in which a `*` at either end is a wildcard as everywhere in patterns.
 */
export function valueLiterals(entry: string): readonly string[] | Refusal {
  if (/^%.+%$/s.test(entry)) return regexLiteral(entry);
  if (!isCidr(entry)) return [quote(entry)];
  const wildcards = cidrWildcards(entry);
  return 'message' in wildcards ? { code: 'unusable-value', ...wildcards } : wildcards.map(quote);
}

function regexLiteral(entry: string): readonly string[] | Refusal {
  try {
    parsePattern(`{ $.a = ${entry} }`);
    return [entry];
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return { code: 'unusable-value', message: `the expression ${entry} cannot be read: ${error.message}` };
  }
}
