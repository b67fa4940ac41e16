import type { Deployment } from './deployment.ts';
import type { Text } from './text.ts';
import { createTrail } from './trail.ts';

/** The log group that CloudTrail delivers to. */
export interface LogSource {
  readonly name: Text;
  /** Without `:*`. */
  readonly arn: Text;
}

/** The stage's existing log group, which must be there; or a new one, with a trail. */
export function createLogSource(deployment: Deployment): LogSource {
  const { logGroupName, trail } = deployment.stage;
  if (trail !== undefined) return createTrail(deployment, trail);
  const { name } = aws.cloudwatch.getLogGroupOutput({ name: logGroupName });
  return { name, arn: deployment.arnOf('logs', $interpolate`log-group:${name}`) };
}
