import { DescribeTrailsCommand, GetEventSelectorsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand, DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
  type Subscription,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { AwsClients } from '../deployed/aws-clients.ts';

/**
 * Every call that doctor makes once it knows whose credentials it has, by the permission that it needs. None writes. Doctor has no other way to AWS, so the names are its
 * least-privilege policy; docs/doctor.md lists them, and a test holds the two together.
 */
export const READS = {
  'cloudtrail:DescribeTrails': ({ cloudTrail }: AwsClients) =>
    cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
  'cloudtrail:GetTrailStatus': ({ cloudTrail }: AwsClients, Name: string | undefined) =>
    cloudTrail.send(new GetTrailStatusCommand({ Name })),
  'cloudtrail:GetEventSelectors': ({ cloudTrail }: AwsClients, TrailName: string | undefined) =>
    cloudTrail.send(new GetEventSelectorsCommand({ TrailName })),
  'logs:DescribeLogGroups': ({ logs }: AwsClients, logGroupNamePrefix: string) =>
    logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix })),
  'logs:DescribeSubscriptionFilters': ({ logs }: AwsClients, logGroupName: string) =>
    logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName })),
  'kms:DescribeKey': ({ kms }: AwsClients, KeyId: string) => kms.send(new DescribeKeyCommand({ KeyId })),
  'kms:GetKeyPolicy': ({ kms }: AwsClients, KeyId: string) => kms.send(new GetKeyPolicyCommand({ KeyId })),
  'lambda:GetAccountSettings': ({ lambda }: AwsClients) => lambda.send(new GetAccountSettingsCommand({})),
  'lambda:GetFunctionConfiguration': ({ lambda }: AwsClients, FunctionName: string) =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
  'lambda:GetFunctionConcurrency': ({ lambda }: AwsClients, FunctionName: string) =>
    lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
  'lambda:GetFunctionEventInvokeConfig': ({ lambda }: AwsClients, FunctionName: string) =>
    lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })),
  'lambda:GetPolicy': ({ lambda }: AwsClients, FunctionName: string) =>
    lambda.send(new GetPolicyCommand({ FunctionName })),
  'lambda:ListEventSourceMappings': ({ lambda }: AwsClients, FunctionName: string) =>
    lambda.send(new ListEventSourceMappingsCommand({ FunctionName })),
  'cloudwatch:GetMetricData': (
    { cloudWatch }: AwsClients,
    StartTime: Date,
    EndTime: Date,
    MetricDataQueries: MetricDataQuery[],
  ) => cloudWatch.send(new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries })),
  'cloudwatch:DescribeAlarms': ({ cloudWatch }: AwsClients, AlarmNames: readonly string[]) =>
    cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [...AlarmNames] })),
  'sqs:GetQueueUrl': ({ sqs }: AwsClients, QueueName: string) => sqs.send(new GetQueueUrlCommand({ QueueName })),
  'sqs:GetQueueAttributes': ({ sqs }: AwsClients, QueueUrl: string | undefined) =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })),
  'sns:GetTopicAttributes': ({ sns }: AwsClients, TopicArn: string) =>
    sns.send(new GetTopicAttributesCommand({ TopicArn })),
  'sns:ListSubscriptionsByTopic': async ({ sns }: AwsClients, TopicArn: string) => {
    const subscriptions: Subscription[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn })) {
      subscriptions.push(...(page.Subscriptions ?? []));
    }
    return subscriptions;
  },
  'sns:GetSubscriptionAttributes': ({ sns }: AwsClients, SubscriptionArn: string) =>
    sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })),
  'dynamodb:DescribeTable': ({ dynamoDb }: AwsClients, TableName: string) =>
    dynamoDb.send(new DescribeTableCommand({ TableName })),
  'dynamodb:DescribeContinuousBackups': ({ dynamoDb }: AwsClients, TableName: string) =>
    dynamoDb.send(new DescribeContinuousBackupsCommand({ TableName })),
  'dynamodb:DescribeTimeToLive': ({ dynamoDb }: AwsClients, TableName: string) =>
    dynamoDb.send(new DescribeTimeToLiveCommand({ TableName })),
} as const;

export type ReadAction = keyof typeof READS;
