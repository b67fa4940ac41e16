import * as z from 'zod';
import { SEVERITIES } from './rule.ts';
import { ACCOUNT_ID, hyphenated } from './text-schema.ts';

/** By what routes and silences say which alarms they are about. What is left out leaves none out. */
export const ALARM_SCOPE = {
  rules: z.array(hyphenated('the name of a rule')).min(1).exactOptional().describe('Only alarms of these rules.'),
  severities: z.array(z.enum(SEVERITIES)).min(1).exactOptional().describe('Only alarms of these severities.'),
  accounts: z.array(ACCOUNT_ID).min(1).exactOptional(),
};
