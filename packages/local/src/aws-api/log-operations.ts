import type { LogGroup } from '../logs/log-group.ts';
import { AwsRefusal } from './aws-answer.ts';
import type { AwsOperations } from './aws-api.ts';
import type { AwsInput } from './aws-call.ts';

/**
 * The operations with which log events are written into one log group, that has no streams yet.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function logOperations(name: string, logGroup: Pick<LogGroup, 'putLogEvents'>): AwsOperations {
  const streams = new Set<string>();
  const streamIn = ({ logGroupName, logStreamName }: AwsInput): string => {
    if (logGroupName === name) return String(logStreamName);
    throw new AwsRefusal('ResourceNotFoundException', 'The specified log group does not exist.');
  };
  return {
    'logs:CreateLogStream': (input) => {
      const stream = streamIn(input);
      if (streams.has(stream)) {
        throw new AwsRefusal('ResourceAlreadyExistsException', 'The specified log stream already exists');
      }
      streams.add(stream);
      return {};
    },
    'logs:PutLogEvents': (input) => {
      const stream = streamIn(input);
      if (!streams.has(stream)) {
        throw new AwsRefusal('ResourceNotFoundException', 'The specified log stream does not exist.');
      }
      const { logEvents } = input as { readonly logEvents: readonly { message: string; timestamp: number }[] };
      logGroup.putLogEvents(stream, logEvents);
      return { nextSequenceToken: '49640912345678901234567890123456789012345678901234567890' };
    },
  };
}
