import type { Deployment } from './deployment.ts';
import { trusted } from './trust.ts';

/** Invokes a function every so many minutes, in the name of a role that can do nothing else. Not in live mode. Returns the role's ARN. */
export function createSchedule(
  name: string,
  { prefix, accountId, arnOf }: Deployment,
  { minutes, target }: { readonly minutes: number; readonly target: sst.aws.Function },
): $util.Output<string> {
  const schedule = new sst.aws.CronV2(name, {
    schedule: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
    function: target,
    enabled: !$dev,
    retries: 0,
    transform: {
      schedule: (args) => {
        args.name = `${prefix}-${name.toLowerCase()}`;
        return undefined;
      },
      role: (args) => {
        // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
        args.assumeRolePolicy = trusted('scheduler', [
          { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
          { test: 'ArnEquals', variable: 'aws:SourceArn', values: [arnOf('scheduler', 'schedule-group/default')] },
        ]);
        return undefined;
      },
    },
  });
  return schedule.nodes.role.arn;
}
