import * as z from 'zod';
import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import { ALARM_SCOPE } from '../rule/alarm-scope-schema.ts';
import { hyphenated } from '../rule/text-schema.ts';
import { checkAccounts } from './account-names.ts';
import { checkRedactedSelector } from './redacted-selector.ts';
import { MAX_ROUTES, MAX_ROUTE_NAME_LENGTH } from './route.ts';
import { checkRoutes } from './route-checks.ts';
import { checkSecretName } from './secret-name.ts';
import { STAGE_OVERRIDES, STAGE_SETTINGS, checkStages } from './stage-schema.ts';

const route = z.strictObject({
  name: hyphenated()
    .max(MAX_ROUTE_NAME_LENGTH)
    .refine((name) => name !== HEARTBEAT_NAME, "another name: this is that of Trailbell's own heartbeat")
    .describe('A name for the route, in lower-case words joined by hyphens.'),
  endpointSecret: z
    .string()
    .superRefine(checkSecretName)
    .describe("The name of the secret that holds PagerDuty's integration URL."),
  ...ALARM_SCOPE,
  accounts: ALARM_SCOPE.accounts.describe(
    'Only alarms about these accounts, as text, because an account id may begin with zeros.',
  ),
  default: z.literal(true).exactOptional().describe('true on exactly one route; left out on the others.'),
  retired: z.literal(true).exactOptional().describe('true on a route that is about to be removed; left out otherwise.'),
});

/** What trailbell.config.ts may say. The descriptions are what problems hint at. */
export const CONFIG_SCHEMA = z
  .strictObject({
    ruleFolders: z.array(z.string().min(1)).min(1).describe('Folders of rule files, relative to the configuration.'),
    silenceFolders: z
      .array(z.string().min(1))
      .min(1)
      .exactOptional()
      .describe('Folders of silence files, relative to the configuration; silences where it is left out.'),
    ...STAGE_SETTINGS,
    routes: z.array(route).max(MAX_ROUTES).superRefine(checkRoutes).describe('The ways that pages take to PagerDuty.'),
    accounts: z
      .record(z.string(), z.string())
      .superRefine(checkAccounts)
      .exactOptional()
      .describe("What people call the accounts, by their ids: accounts: { '111122223333': 'production' }."),
    redact: z
      .array(z.string().superRefine(checkRedactedSelector))
      .exactOptional()
      .describe('Values that no page may tell, as selectors, besides passwords, keys, tokens and their like.'),
    stages: z
      .record(z.string(), z.strictObject(STAGE_OVERRIDES))
      .exactOptional()
      .describe('Where a stage differs, by its name: stages: { production: { region: "eu-west-1" } }.'),
  })
  .superRefine(checkStages);
