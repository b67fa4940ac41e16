import { inputFiles, whyUnreadable } from './input-files.ts';
import { readDocument, readLine, type InputRecord } from './read-record.ts';
import { unpackedText } from './unpacked-text.ts';

/** Something of the input that could not be read. The rest goes on. */
export interface InputProblem {
  readonly file: string;
  /** Counted from 1; absent where the file as a whole could not be read. */
  readonly line?: number;
  readonly why: string;
}

export type InputItem =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'record'; readonly record: InputRecord }
  | { readonly kind: 'problem'; readonly problem: InputProblem };

/** Whole documents up to this size are read at once; what is larger must be JSON lines. */
const MAX_DOCUMENT_CHARACTERS = 512 * 1024 * 1024;

/**
 * The CloudTrail records (or log events) in files, folders and standard input: archives (`{"Records": [...]}`), JSON lines, AWS
 * CLI outputs, packed with gzip or not, recognised by their content. Files of a folder come in the order of their names.
 */
export async function* readInput(paths: readonly string[]): AsyncIterable<InputItem> {
  for await (const input of inputFiles(paths)) {
    const { file } = input;
    if (input.kind === 'unreadable') {
      yield { kind: 'problem', problem: { file, why: input.why } };
      continue;
    }
    yield { kind: 'file', file };
    let isEmpty = true;
    try {
      for await (const item of readText(file, unpackedText(input.open()))) {
        isEmpty = false;
        yield item;
      }
      if (isEmpty) yield { kind: 'problem', problem: { file, why: 'there is nothing in it' } };
    } catch (error) {
      yield { kind: 'problem', problem: { file, why: whyUnreadable(error) } };
    }
  }
}

/** Lines, as long as each is a JSON document of its own; where the first is not, the file may be one document over many lines. */
async function* readText(file: string, lines: AsyncIterable<string>): AsyncIterable<InputItem> {
  let line = 0;
  const spread: string[] = [];
  let spreadCharacters = 0;
  let isLines = false;
  let broken: Error | undefined;
  try {
    for await (const text of lines) {
      line += 1;
      if (text.trim() === '') {
        if (spread.length > 0) spread.push(text);
        continue;
      }
      const read = spread.length === 0 ? readLine(text) : undefined;
      if (isLines || read?.kind === 'records') {
        isLines = true;
        yield* itemsOf(file, line, read ?? readLine(text));
        continue;
      }
      if (spread.length === 0) for (let blank = 1; blank < line; blank++) spread.push('');
      spread.push(text);
      spreadCharacters += text.length;
      if (spreadCharacters > MAX_DOCUMENT_CHARACTERS) {
        throw new Error('neither JSON lines nor a JSON document of reasonable size');
      }
    }
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
  }
  // What came before the file broke off is read all the same.
  if (spread.length > 0) yield* readSpread(file, spread);
  if (broken !== undefined) throw broken;
}

function* readSpread(file: string, lines: readonly string[]): Iterable<InputItem> {
  const document = readDocument(lines.join('\n'));
  if (document.kind === 'records') {
    yield* itemsOf(file, undefined, document);
    return;
  }
  const each = lines.map((text) => (text.trim() === '' ? undefined : readLine(text)));
  if (!each.some((read) => read?.kind === 'records')) {
    yield { kind: 'problem', problem: { file, why: document.why } };
    return;
  }
  for (const [index, read] of each.entries()) if (read !== undefined) yield* itemsOf(file, index + 1, read);
}

function* itemsOf(file: string, line: number | undefined, read: ReturnType<typeof readLine>): Iterable<InputItem> {
  const place = line === undefined ? { file } : { file, line };
  if (read.kind === 'unreadable') {
    yield { kind: 'problem', problem: { ...place, why: read.why } };
    return;
  }
  for (const record of read.records) yield { kind: 'record', record };
  for (const why of read.problems) yield { kind: 'problem', problem: { ...place, why } };
}
