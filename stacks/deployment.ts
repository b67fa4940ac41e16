import { deploymentName } from '@trailbell/core/alarm';
import type { Stage } from '@trailbell/core/config';
import type { Text } from './text.ts';

/** Where this deployment is, and how its resources are called. */
export interface Deployment {
  readonly stage: Stage;
  /** Begins the name of every resource: `trailbell-production`. */
  readonly prefix: string;
  /** Ends every AlarmName: app, stage, account and region. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  readonly partition: string;
  /** `amazonaws.com`, or that of China. */
  readonly dnsSuffix: string;
  /** For what holds data: in a protected stage it outlives its removal from the code, and the stage's. */
  readonly keep: { readonly protect: boolean; readonly retainOnDelete: boolean };
  /** An ARN in this account and region: `arnOf('logs', 'log-group:x')`. */
  readonly arnOf: (service: string, resource: Text) => $util.Output<string>;
}

/** Asks AWS where it is: one account and region, those of the credentials. */
export async function deploymentOf(stage: Stage): Promise<Deployment> {
  const { accountId } = await aws.getCallerIdentity();
  const { region } = await aws.getRegion();
  const { partition, dnsSuffix } = await aws.getPartition();
  return {
    stage,
    prefix: `${$app.name}-${stage.name}`,
    name: deploymentName({ app: $app.name, stage: stage.name, accountId, region }),
    accountId,
    region,
    partition,
    dnsSuffix,
    keep: { protect: stage.isProtected, retainOnDelete: stage.isProtected },
    arnOf: (service, resource) => $interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`,
  };
}
