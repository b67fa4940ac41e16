import type * as z from 'zod';
import { quote } from '../rule/describe-value.ts';
import { refuse } from '../rule/refuse.ts';
import { replaceUnseen } from '../text/index.ts';

/** The longest name that an account can be given, in characters: it stands beside its id in every page. */
export const MAX_ACCOUNT_NAME_LENGTH = 64;

/** Refuses keys that are no account ids, and names that are none to read. */
export function checkAccounts(accounts: Readonly<Record<string, string>>, context: z.RefinementCtx): void {
  for (const [id, name] of Object.entries(accounts)) {
    if (!/^\d{12}$/.test(id)) {
      refuse(context, [id], {
        code: 'not-an-account',
        message: `${quote(id)} is no account id, which has 12 digits`,
        hint: /^\d+$/.test(id) ? 'put ids into quotes: without them, zeros at the beginning are lost' : ID_FIRST,
      });
    }
    const fault = faultOf(name);
    if (fault !== undefined) refuse(context, [id], { code: 'invalid-format', ...fault });
  }
}

const ID_FIRST = "write the id first, such as '111122223333': 'production'";

function faultOf(name: string): { readonly message: string; readonly hint: string } | undefined {
  if (name.trim() === '' || name !== name.trim()) {
    return { message: `is ${quote(name)}, which is empty or has blanks at an end`, hint: 'say what people call it' };
  }
  if (name.length > MAX_ACCOUNT_NAME_LENGTH) {
    return {
      message: `is ${quote(name)}; expected at most ${MAX_ACCOUNT_NAME_LENGTH} characters`,
      hint: 'shorten it: it stands beside the id',
    };
  }
  if (replaceUnseen(name, () => '') !== name) {
    return { message: `is ${quote(name)}, in which there are characters that cannot be seen`, hint: 'type it anew' };
  }
  return undefined;
}
