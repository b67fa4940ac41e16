/**
 * List prices of US East (N. Virginia) in US dollars, as AWS's price pages gave them in November 2026. Free tiers are left out:
 * an organisation's other work has used them up. Arm Lambdas; DynamoDB on demand.
 */
export const PRICES = {
  /** https://aws.amazon.com/cloudwatch/pricing/ */
  logsIngestedGb: 0.5,
  logsStoredGbMonth: 0.03,
  metricMonth: 0.3,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  /** https://aws.amazon.com/lambda/pricing/ */
  lambdaRequest: 0.2e-6,
  lambdaGbSecond: 0.0000133334,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  dynamoDbWriteUnit: 0.625e-6,
  dynamoDbReadUnit: 0.125e-6,
  dynamoDbStoredGbMonth: 0.25,
  /** https://aws.amazon.com/sns/pricing/: a request to publish, and a delivery over HTTPS. */
  snsRequest: 0.5e-6,
  snsHttpsDelivery: 0.6e-6,
  /** https://aws.amazon.com/sqs/pricing/ */
  sqsRequest: 0.4e-6,
  /** https://aws.amazon.com/kms/pricing/ */
  kmsKeyMonth: 1,
  kmsRequest: 3e-6,
  /** https://aws.amazon.com/eventbridge/pricing/: Scheduler, and events that another account sends. */
  schedulerInvocation: 1e-6,
  eventBridgeEvent: 1e-6,
} as const;
