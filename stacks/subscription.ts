import type { Deployment } from './deployment.ts';
import type { LogSource } from './log-source.ts';

/** A log group has room for two. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export function subscribe(
  { prefix, accountId }: Deployment,
  logSource: LogSource,
  matcher: sst.aws.Function,
  filterPattern: $util.Input<string>,
): aws.cloudwatch.LogSubscriptionFilter {
  const permission = new aws.lambda.Permission('LogGroupInvokesMatcher', {
    statementId: 'log-group',
    action: 'lambda:InvokeFunction',
    function: matcher.name,
    principal: 'logs.amazonaws.com',
    sourceArn: $interpolate`${logSource.arn}:*`,
    sourceAccount: accountId,
  });
  return new aws.cloudwatch.LogSubscriptionFilter(
    'Subscription',
    { name: prefix, logGroup: logSource.name, filterPattern, destinationArn: matcher.arn },
    { dependsOn: [permission] },
  );
}
