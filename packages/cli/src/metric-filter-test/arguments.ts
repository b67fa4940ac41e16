import { createReadStream, readFileSync } from 'node:fs';
import { STANDARD_INPUT, whyUnreadable } from '../input/input-files.ts';
import { unpackedText } from '../input/unpacked-text.ts';

/** A wrong use of the command, in the AWS CLI's words where it has some. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const FROM_FILE = 'file://';

/**
 * The value of an option as the AWS CLI takes it: `file://path` stands for the file's content.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 * @throws UsageError
 */
export function readValue(option: string, value: string): string {
  if (!value.startsWith(FROM_FILE)) return value;
  try {
    return readFileSync(value.slice(FROM_FILE.length), 'utf8');
  } catch (error) {
    const why = `Unable to load paramfile ${value}: ${whyUnreadable(error)}`;
    throw new UsageError(`Error parsing parameter '${option}': ${why}`);
  }
}

/**
 * The messages that were given. A single value may be a JSON list of strings, or name a file with one, as in the AWS CLI; where it
 * is no such list it is a message itself (the AWS CLI refuses a single message that begins with a bracket).
 * @throws UsageError
 */
export function readMessageValues(values: readonly string[]): readonly string[] {
  const [only] = values;
  if (only === undefined || values.length > 1) return values;
  const text = readValue('--log-event-messages', only);
  const list = text.trimStart().startsWith('[') ? listOfStrings(text) : undefined;
  if (list !== undefined) return list;
  if (text === only) return values;
  throw new UsageError(
    `Error parsing parameter '--log-event-messages': ${only} does not hold a JSON list of strings; for one message a line use --file`,
  );
}

/**
 * The lines of a file, or of standard input, packed or not; empty ones, which are no messages, are left out.
 * @param limit reading ends after so many
 * @throws UsageError
 */
export async function readMessageFile(path: string, limit: number): Promise<readonly string[]> {
  const messages: string[] = [];
  try {
    for await (const line of unpackedText(path === STANDARD_INPUT ? process.stdin : createReadStream(path))) {
      if (line !== '') messages.push(line);
      if (messages.length === limit) break;
    }
  } catch (error) {
    throw new UsageError(`Unable to read --file ${path}: ${whyUnreadable(error)}`);
  }
  return messages;
}

function listOfStrings(text: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
