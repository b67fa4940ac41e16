import { AwsRefusal, type AwsInput } from '@trailbell/local';
import { TOPIC, arn, metricData } from './healthy-account.ts';

export type Answer = Readonly<Record<string, unknown>>;
/** What an operation answers in place of what it would. */
export type Change = (answer: Answer, input: AwsInput) => object;

/** In a list under a key, the first entry with changes. */
export const first =
  (key: string, change: object): Change =>
  (answer) => {
    const [head, ...rest] = answer[key] as readonly object[];
    return { ...answer, [key]: [{ ...head, ...change }, ...rest] };
  };
/** An SNS attribute with another value; absent where undefined. */
export const attribute =
  (name: string, value: string | undefined, of: (input: AwsInput) => boolean = () => true): Change =>
  (answer, input) => {
    if (!of(input)) return answer;
    const attributes = new Map(answer.Attributes as ReadonlyMap<string, string>);
    if (value === undefined) attributes.delete(name);
    else attributes.set(name, value);
    return { Attributes: attributes };
  };
export const https = ({ SubscriptionArn }: AwsInput) => SubscriptionArn === `${TOPIC}:aaaa`;
export const trail = (change: object) => ({ 'cloudtrail:DescribeTrails': first('trailList', change) });
export const logGroup = (change: object) => ({ 'logs:DescribeLogGroups': first('logGroups', change) });
export const ofFunction = (name: string, change: object) => ({
  'lambda:GetFunctionConfiguration': (answer: Answer, { FunctionName }: AwsInput) =>
    String(FunctionName).endsWith(name) ? { ...answer, ...change } : answer,
});
export const missing: Change = () => {
  throw new AwsRefusal('ResourceNotFoundException', 'it is not there');
};
export const missingFunction = (name: string) => ({
  'lambda:GetFunctionConfiguration': (answer: Answer, input: AwsInput) =>
    String(input.FunctionName).endsWith(name) ? missing(answer, input) : answer,
});
export const metrics = (values: Readonly<Record<string, number>>) => ({
  'cloudwatch:GetMetricData': (_: Answer, { MetricDataQueries }: AwsInput) =>
    metricData(
      {
        'Invocations trailbell-production-reconciler': 15,
        'NumberOfMessagesSent trailbell-production-Heartbeats': 2,
        'IncomingLogEvents aws-cloudtrail-logs': 4711,
        ...values,
      },
      MetricDataQueries,
    ),
});
export const inQueue = (name: string, messages: string) => ({
  'sqs:GetQueueAttributes': (answer: Answer, { QueueUrl }: AwsInput) => {
    const attributes = answer.Attributes as object;
    return String(QueueUrl).endsWith(`-${name}`)
      ? { Attributes: { ...attributes, ApproximateNumberOfMessages: messages } }
      : answer;
  },
});
export const filters = (...subscriptionFilters: object[]) => ({
  'logs:DescribeSubscriptionFilters': () => ({ subscriptionFilters }),
});
export const OURS = {
  filterName: 'trailbell-production',
  filterPattern: '',
  destinationArn: arn('lambda', 'function:trailbell-production-matcher'),
};
export const keyPolicy = (...Statement: object[]) => ({
  'kms:GetKeyPolicy': () => ({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
});
/** The topic's policy with a statement that denies to publish. */
export const topicDenies = (statement: object) => ({
  'sns:GetTopicAttributes': (answer: Answer, input: AwsInput) => {
    const policy = (answer.Attributes as ReadonlyMap<string, string>).get('Policy') ?? '{}';
    const { Statement, ...rest } = JSON.parse(policy) as { readonly Statement: readonly object[] };
    const denies = { Effect: 'Deny', Action: 'sns:Publish', ...statement };
    return attribute('Policy', JSON.stringify({ ...rest, Statement: [...Statement, denies] }))(answer, input);
  },
});
/** A queue that was deleted. */
export const goneQueue = (name: string) => ({
  'sqs:GetQueueUrl': (answer: Answer, { QueueName }: AwsInput) => {
    if (String(QueueName).endsWith(`-${name}`)) throw new AwsRefusal('QueueDoesNotExist', 'it does not exist');
    return answer;
  },
});
/** A queue with another policy; without one where undefined. */
export const queuePolicy = (name: string, policy: string | undefined) => ({
  'sqs:GetQueueAttributes': (answer: Answer, { QueueUrl }: AwsInput) => {
    const { Policy: _, ...attributes } = answer.Attributes as Readonly<Record<string, string>>;
    const isOther = !String(QueueUrl).endsWith(`-${name}`);
    return isOther ? answer : { Attributes: { ...attributes, ...(policy !== undefined && { Policy: policy }) } };
  },
});
export const ofTopicKey =
  (change: object): Change =>
  (answer, { KeyId }) => ({
    KeyMetadata: { ...(answer.KeyMetadata as object), ...(String(KeyId).endsWith('5555') ? change : {}) },
  });
export const alarms = (change: (alarm: Answer) => readonly object[]) => ({
  'cloudwatch:DescribeAlarms': (answer: Answer) => ({
    MetricAlarms: (answer.MetricAlarms as Answer[]).flatMap(change),
  }),
});
