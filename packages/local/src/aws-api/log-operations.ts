import { isJsonObject } from '@trailbell/core/json';
import type { LogGroup, PutLogEvent } from '../logs/log-group.ts';
import type { AwsOperations } from './aws-api.ts';
import type { AwsInput } from './aws-call.ts';
import { AwsRefusal } from './aws-refusal.ts';

/** A log group and the streams that are in it from the start; PutLogEvents creates none. */
export interface LocalLogGroup {
  readonly logGroup: Pick<LogGroup, 'putLogEvents'>;
  readonly logStreamNames: readonly string[];
}

/**
 * The operations with which log events are written into log groups, which are given by their names.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function logOperations(logGroups: Readonly<Record<string, LocalLogGroup>>): AwsOperations {
  const groups = new Map(
    Object.entries(logGroups).map(([name, { logGroup, logStreamNames }]) => [
      name,
      { logGroup, streams: new Set(logStreamNames) },
    ]),
  );
  const placeOf = ({ logGroupName, logStreamName }: AwsInput) => {
    const group = groups.get(String(logGroupName));
    if (group !== undefined) return { ...group, stream: String(logStreamName) };
    throw new AwsRefusal('ResourceNotFoundException', 'The specified log group does not exist.');
  };
  return {
    'logs:CreateLogStream': (input) => {
      const { streams, stream } = placeOf(input);
      if (streams.has(stream)) {
        throw new AwsRefusal('ResourceAlreadyExistsException', 'The specified log stream already exists');
      }
      streams.add(stream);
      return {};
    },
    'logs:PutLogEvents': (input) => {
      const { logGroup, streams, stream } = placeOf(input);
      if (!streams.has(stream)) {
        throw new AwsRefusal('ResourceNotFoundException', 'The specified log stream does not exist.');
      }
      const { logEvents } = input;
      if (!Array.isArray(logEvents) || logEvents.length === 0 || !logEvents.every(isInputLogEvent)) {
        throw new AwsRefusal('InvalidParameterException', 'no log events');
      }
      try {
        logGroup.putLogEvents(stream, logEvents);
      } catch (error) {
        throw new AwsRefusal('InvalidParameterException', String(error));
      }
      return { nextSequenceToken: '49640912345678901234567890123456789012345678901234567890' };
    },
  };
}

function isInputLogEvent(value: unknown): value is PutLogEvent {
  return isJsonObject(value) && typeof value.message === 'string' && Number.isInteger(value.timestamp);
}
