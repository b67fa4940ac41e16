/**
 * What was read of a deployment, in the words and shapes of the AWS APIs, as far as a check looks at it. Every field may be left
 * out, because AWS leaves out what was never set.
 */

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html */
export interface TrailSeen {
  readonly Name?: string | undefined;
  readonly TrailARN?: string | undefined;
  readonly HomeRegion?: string | undefined;
  readonly IsMultiRegionTrail?: boolean | undefined;
  readonly IsOrganizationTrail?: boolean | undefined;
  readonly IncludeGlobalServiceEvents?: boolean | undefined;
  readonly LogFileValidationEnabled?: boolean | undefined;
  readonly CloudWatchLogsLogGroupArn?: string | undefined;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html */
export interface TrailStatusSeen {
  readonly IsLogging?: boolean | undefined;
  readonly LatestCloudWatchLogsDeliveryError?: string | undefined;
  readonly LatestCloudWatchLogsDeliveryTime?: Date | undefined;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html */
export interface EventSelectorsSeen {
  readonly EventSelectors?:
    | readonly {
        readonly ReadWriteType?: string | undefined;
        readonly IncludeManagementEvents?: boolean | undefined;
        readonly ExcludeManagementEventSources?: readonly string[] | undefined;
      }[]
    | undefined;
  readonly AdvancedEventSelectors?:
    | readonly {
        readonly FieldSelectors?:
          | readonly {
              readonly Field?: string | undefined;
              readonly Equals?: readonly string[] | undefined;
              readonly NotEquals?: readonly string[] | undefined;
            }[]
          | undefined;
      }[]
    | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
export interface LogGroupSeen {
  readonly logGroupName?: string | undefined;
  readonly logGroupClass?: string | undefined;
  readonly retentionInDays?: number | undefined;
  readonly kmsKeyId?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_SubscriptionFilter.html */
export interface SubscriptionFilterSeen {
  readonly filterName?: string | undefined;
  readonly filterPattern?: string | undefined;
  readonly destinationArn?: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export interface FunctionSeen {
  readonly FunctionName?: string | undefined;
  readonly FunctionArn?: string | undefined;
  readonly Role?: string | undefined;
  readonly Runtime?: string | undefined;
  readonly State?: string | undefined;
  readonly StateReason?: string | undefined;
  readonly LastUpdateStatus?: string | undefined;
  readonly LastUpdateStatusReason?: string | undefined;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> | undefined } | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AccountLimit.html */
export interface AccountLimitSeen {
  readonly ConcurrentExecutions?: number | undefined;
  readonly UnreservedConcurrentExecutions?: number | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export interface EventSourceMappingSeen {
  readonly EventSourceArn?: string | undefined;
  readonly State?: string | undefined;
}

/** A KMS key, and its policy as JSON. https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export interface KeySeen {
  readonly KeyState?: string | undefined;
  /** `AWS` or `CUSTOMER`. */
  readonly KeyManager?: string | undefined;
  readonly policy: string;
}

/** What is in a queue. */
export interface QueueSeen {
  readonly name: string;
  /** Messages that can be received, that are being tried, and that are yet delayed. */
  readonly messages: number;
  /** Something sends to it, and it is not there. */
  readonly isGone: boolean;
  /** As JSON; undefined where it has none. */
  readonly policy?: string | undefined;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export type AttributesSeen = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html */
export interface TableSeen {
  readonly TableStatus?: string | undefined;
  readonly GlobalSecondaryIndexes?:
    readonly { readonly IndexName?: string | undefined; readonly IndexStatus?: string | undefined }[] | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export interface AlarmSeen {
  readonly AlarmName?: string | undefined;
  readonly StateValue?: string | undefined;
  readonly ActionsEnabled?: boolean | undefined;
  readonly AlarmActions?: readonly string[] | undefined;
  readonly OKActions?: readonly string[] | undefined;
}

/** Sums of CloudWatch metrics, of one function. */
export interface FunctionMetricsSeen {
  readonly Errors: number;
  readonly Throttles: number;
  readonly Invocations: number;
}

/** Everything that doctor reads. What may be missing altogether is undefined then. */
export interface Seen {
  /** The trails that deliver to the log group. */
  readonly trails: readonly TrailSeen[];
  /** Of the first of them. */
  readonly trailStatus: TrailStatusSeen;
  readonly eventSelectors: EventSelectorsSeen;
  readonly logGroup: LogGroupSeen | undefined;
  /** Of the log group; undefined where it has none of its own, `missing` where that is gone. */
  readonly logGroupKey: Pick<KeySeen, 'KeyState'> | 'missing' | undefined;
  /** How many log events came in within the last hour. */
  readonly incomingLogEvents: number;
  readonly subscriptionFilters: readonly SubscriptionFilterSeen[];
  readonly accountLimit: AccountLimitSeen;
  readonly matcher: FunctionSeen | undefined;
  readonly reconciler: FunctionSeen | undefined;
  /** Undefined where none is reserved. */
  readonly matcherConcurrency: number | undefined;
  readonly reconcilerConcurrency: number | undefined;
  /** The matcher's resource policy as JSON; undefined where it has none. */
  readonly matcherPolicy: string | undefined;
  /** Of the last hour; the reconciler's invocations of the last 15 minutes. */
  readonly metrics: { readonly matcher: FunctionMetricsSeen; readonly reconciler: FunctionMetricsSeen };
  readonly eventSourceMappings: readonly EventSourceMappingSeen[];
  /** The ARN of the matcher's on-failure destination. */
  readonly onFailure: string | undefined;
  /** Those that feed the matcher again. */
  readonly failedBatches: readonly QueueSeen[];
  readonly givenUpBatches: QueueSeen;
  readonly undelivered: QueueSeen;
  /** Those of all these that are gone, by name. */
  readonly goneQueues: readonly string[];
  readonly topic: AttributesSeen | undefined;
  /** The topic's; undefined where the topic is not encrypted, `missing` where the key is gone. */
  readonly topicKey: KeySeen | 'missing' | undefined;
  readonly subscriptions: readonly AttributesSeen[];
  readonly table: TableSeen | undefined;
  /** `ENABLED` or `DISABLED`. */
  readonly pointInTimeRecovery: string | undefined;
  readonly timeToLive: { readonly AttributeName?: string | undefined; readonly TimeToLiveStatus?: string | undefined };
  readonly selfAlarms: readonly AlarmSeen[];
  /** How many beats came out of the topic within 25 minutes. */
  readonly heartbeats: number;
}

/** The outcome of one look: what was seen, or why nothing could be. */
export type Look<T> =
  | { readonly kind: 'seen'; readonly value: T }
  /** The credentials may not: `needs` is the action that they lack. */
  | { readonly kind: 'denied'; readonly needs: string }
  | { readonly kind: 'failed'; readonly why: string }
  /** What it belongs to is not there, or could not be looked at either. */
  | { readonly kind: 'skipped' };

export type Observed = { readonly [K in keyof Seen]: Look<Seen[K]> };
