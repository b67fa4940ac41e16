import { PatternSyntaxError, compilePattern } from '@trailbell/core/pattern';
import { showPatternProblem } from '../terminal/pattern-problem.ts';

/**
 * What `aws logs test-metric-filter` answers: the service's matches, the service's refusal, or the AWS CLI's own, which does not
 * ask the service. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export type MetricFilterAnswer =
  | { readonly kind: 'matches'; readonly matches: readonly MetricFilterMatch[] }
  /** `explanation` is ours: where and what. */
  | { readonly kind: 'refused'; readonly awsMessage: string; readonly explanation: string }
  | { readonly kind: 'invalid'; readonly awsMessage: string };

/** In the order in which the AWS CLI prints it. */
export interface MetricFilterMatch {
  /** From 1. */
  readonly eventNumber: number;
  readonly eventMessage: string;
  readonly extractedValues: Readonly<Record<string, string>>;
}

/** How many messages TestMetricFilter takes. */
export const MAX_MESSAGES = 50;

/** Answers as TestMetricFilter does, with CloudWatch's limits. */
export function testMetricFilter(filterPattern: string, logEventMessages: readonly string[]): MetricFilterAnswer {
  const tooShort = lengthProblems(logEventMessages);
  if (tooShort.length > 0) {
    return { kind: 'invalid', awsMessage: ['Parameter validation failed:', ...tooShort].join('\n') };
  }
  if (logEventMessages.length > MAX_MESSAGES) {
    return {
      kind: 'refused',
      awsMessage: `1 validation error detected: Value '...' at 'logEventMessages' failed to satisfy constraint: Member must have length less than or equal to ${MAX_MESSAGES}`,
      explanation: `  TestMetricFilter takes up to ${MAX_MESSAGES} messages, and these are more. trailbell match reads any number.`,
    };
  }
  try {
    const pattern = compilePattern(filterPattern, { limits: 'cloudwatch' });
    return {
      kind: 'matches',
      matches: logEventMessages.flatMap((eventMessage, index) => {
        const extractedValues = pattern.extract(eventMessage);
        return extractedValues === undefined ? [] : [{ eventNumber: index + 1, eventMessage, extractedValues }];
      }),
    };
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return {
      kind: 'refused',
      awsMessage: error.awsMessage,
      explanation: showPatternProblem(filterPattern, error),
    };
  }
}

function lengthProblems(messages: readonly string[]): readonly string[] {
  const problem = (where: string) => `Invalid length for parameter ${where}, value: 0, valid min length: 1`;
  if (messages.length === 0) return [problem('logEventMessages')];
  return messages.flatMap((message, index) => (message === '' ? [problem(`logEventMessages[${index}]`)] : []));
}
