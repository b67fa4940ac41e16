import * as z from 'zod';
import { SEVERITIES } from '../rule/rule.ts';
import { MAX_ROUTES, MAX_ROUTE_NAME_LENGTH } from './route.ts';
import { checkRoutes } from './route-checks.ts';
import { checkSecretName } from './secret-name.ts';

const HYPHENATED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const route = z.strictObject({
  name: z
    .string()
    .max(MAX_ROUTE_NAME_LENGTH)
    .regex(HYPHENATED, 'lower-case words and digits joined by single hyphens')
    .describe('A name for the route, in lower-case words joined by hyphens.'),
  endpointSecret: z
    .string()
    .superRefine(checkSecretName)
    .describe("The name of the secret that holds PagerDuty's integration URL."),
  severities: z.array(z.enum(SEVERITIES)).min(1).exactOptional().describe('Only alarms of these severities.'),
  accounts: z
    .array(z.string().regex(/^\d{12}$/, 'an account id, which has 12 digits'))
    .min(1)
    .exactOptional()
    .describe('Only alarms about these accounts, as text, because an account id may begin with zeros.'),
  rules: z
    .array(z.string().regex(HYPHENATED, 'the name of a rule'))
    .min(1)
    .exactOptional()
    .describe('Only alarms of these rules.'),
  default: z.literal(true).exactOptional().describe('true on exactly one route; left out on the others.'),
  retired: z.literal(true).exactOptional().describe('true on a route that is about to be removed; left out otherwise.'),
});

/** What trailbell.config.ts may say. The descriptions are what problems hint at. */
export const CONFIG_SCHEMA = z.strictObject({
  ruleFolders: z.array(z.string().min(1)).min(1).describe('Folders of rule files, relative to the configuration.'),
  logGroupName: z
    .string()
    .max(512)
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    .regex(/^[\w./#-]+$/, 'the name of a log group: letters, digits and . - _ / #')
    .describe('The CloudWatch Logs group that CloudTrail delivers to; its name, not its ARN.'),
  alarmNamePrefix: z
    .string()
    .max(100)
    .regex(/^[\x20-\x7e]*$/, 'printable ASCII')
    .exactOptional()
    .describe('Begins every AlarmName.'),
  routes: z.array(route).max(MAX_ROUTES).superRefine(checkRoutes).describe('The ways that pages take to PagerDuty.'),
});
