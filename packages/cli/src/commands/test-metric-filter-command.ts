import { UsageError, readMessageFile, readMessageValues, readValue } from '../metric-filter-test/arguments.ts';
import { MAX_MESSAGES, testMetricFilter } from '../metric-filter-test/test-metric-filter.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface TestMetricFilterOptions {
  readonly filterPattern: string;
  readonly logEventMessages?: readonly string[];
  readonly file?: string;
}

/** Exit codes of the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
const [ANSWERED, WRONG_USAGE, REFUSED_BY_SERVICE] = [0, 252, 254];

/**
 * `trailbell test-metric-filter`: the answer of `aws logs test-metric-filter`, without AWS. Returns the exit code.
 * @param rest arguments that belong to no option: messages that begin with a hyphen, and those after them
 */
export async function testMetricFilterCommand(
  rest: readonly string[],
  options: TestMetricFilterOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  try {
    const filterPattern = readValue('--filter-pattern', options.filterPattern);
    return printAnswer(filterPattern, await readMessages(rest, options), terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.note(`\n${harmless(error.message)}`);
    return WRONG_USAGE;
  }
}

async function readMessages(
  rest: readonly string[],
  { logEventMessages, file }: TestMetricFilterOptions,
): Promise<readonly string[]> {
  const unknown = rest.filter((argument) => /^-\S+$/.test(argument));
  if (unknown.length > 0) throw new UsageError(`Unknown options: ${unknown.join(', ')}`);
  if (logEventMessages !== undefined && file !== undefined) {
    throw new UsageError('give the messages with --log-event-messages or with --file, not with both');
  }
  if (logEventMessages !== undefined) return readMessageValues([...logEventMessages, ...rest]);
  if (rest.length > 0) throw new UsageError(`Unknown options: ${rest.join(', ')}`);
  if (file !== undefined) return readMessageFile(file, MAX_MESSAGES + 1);
  throw new UsageError('the following arguments are required: --log-event-messages (or --file)');
}

function printAnswer(filterPattern: string, messages: readonly string[], terminal: Terminal): number {
  const answer = testMetricFilter(filterPattern, messages);
  switch (answer.kind) {
    case 'matches': {
      const json = JSON.stringify({ matches: answer.matches }, undefined, 4);
      terminal.line(terminal.isInteractive ? json.split('\n').map(harmlessJson).join('\n') : json);
      return ANSWERED;
    }
    case 'invalid':
      terminal.note(`\n${answer.awsMessage}`);
      return WRONG_USAGE;
    case 'refused':
      terminal.note(
        `\nAn error occurred (InvalidParameterException) when calling the TestMetricFilter operation: ${answer.awsMessage}`,
      );
      terminal.note(`\n${answer.explanation}`);
      return REFUSED_BY_SERVICE;
  }
}
