import type * as z from 'zod';
import { quote } from '../rule/describe-value.ts';
import { refuse } from '../rule/refuse.ts';
import { COMPONENT_NAMES } from './component-names.ts';

const CURE = 'name the secret here, such as PagerDutyUrl, and set its value with `npx sst secret set PagerDutyUrl`';

/** Characters of the shortest key of PagerDuty's: those of its REST API have 20. */
const SHORTEST_KEY = 20;

/**
 * Refuses what cannot be the name of an SST secret, above all the secret itself. What is long enough to be the key to somebody's
 * pager, written in the wrong place, is not told.
 */
export function checkSecretName(name: string, context: z.RefinementCtx): void {
  const message = faultOf(name);
  if (message !== undefined) refuse(context, [], { code: 'not-a-secret-name', message, hint: CURE });
}

function faultOf(name: string): string | undefined {
  if (/:\/\/|pagerduty\.com/i.test(name)) {
    return 'a URL does not belong in this file: whoever has it can page, and files end up in repositories. If it was committed, make a new integration';
  }
  if (/^[A-Z0-9]{32}$/i.test(name)) {
    return 'this looks like an integration key, which does not belong in this file. If it was committed, make a new integration';
  }
  if (!/^[A-Z][A-Za-z0-9]{0,63}$/.test(name)) {
    const shown = name.length < SHORTEST_KEY ? quote(name) : 'this';
    return `${shown} is no name of an SST secret: it must begin with a capital letter and have letters and digits only, 64 at most`;
  }
  if (COMPONENT_NAMES.some((taken) => taken.toLowerCase() === name.toLowerCase())) {
    return `${quote(name)} is taken by a part of Trailbell: choose another`;
  }
  return undefined;
}
