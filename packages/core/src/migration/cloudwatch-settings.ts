/** What CloudWatch has where Trailbell has a rule: a metric filter, and the alarm on its metric. */

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricFilter.html, with its one transformation. */
export interface MetricFilter {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly logGroupName?: string;
  readonly metricNamespace: string;
  readonly metricName: string;
  /** A number, or a selector such as `$.bytes`, as text. */
  readonly metricValue: string;
  readonly defaultValue?: number;
  /** As CloudWatch names it; absent where it is `None`. */
  readonly unit?: string;
  /** Dimension names, and the selectors whose values they take. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html, of those alarms that have one metric. */
export interface MetricAlarm {
  readonly alarmName: string;
  readonly alarmDescription?: string;
  readonly metricNamespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** CloudWatch's name of a statistic, or a percentile (`p99`). */
  readonly statistic: string;
  /** Of the values that it looks at; absent where it looks at all. */
  readonly unit?: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly comparisonOperator: string;
  /** `missing` where CloudWatch is told nothing. */
  readonly treatMissingData: string;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
}

/** Something that does not come along, or not whole, and why. */
export interface NotCarried {
  readonly kind: 'metric filter' | 'alarm' | 'module' | 'rule';
  readonly name: string;
  readonly reason: string;
}

/** What was found in one source, or is to be written to one. */
export interface CloudWatchSettings {
  readonly metricFilters: readonly MetricFilter[];
  readonly alarms: readonly MetricAlarm[];
  readonly notCarried: readonly NotCarried[];
}

/** Several sources as one. */
export function joined(parts: readonly CloudWatchSettings[]): CloudWatchSettings {
  return {
    metricFilters: parts.flatMap(({ metricFilters }) => metricFilters),
    alarms: parts.flatMap(({ alarms }) => alarms),
    notCarried: parts.flatMap(({ notCarried }) => notCarried),
  };
}
