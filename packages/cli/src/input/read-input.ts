import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
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

/** Standard input, by the name that commands give it. */
export const STANDARD_INPUT = '-';

/** Whole documents up to this size are read at once; what is larger must be JSON lines. */
const MAX_DOCUMENT_CHARACTERS = 512 * 1024 * 1024;

/**
 * The CloudTrail records (or log events) in files, folders and standard input: archives (`{"Records": [...]}`), JSON lines, AWS
 * CLI outputs, packed with gzip or not, recognised by their content. Files of a folder come in the order of their names.
 */
export async function* readInput(paths: readonly string[]): AsyncIterable<InputItem> {
  for (const path of paths) {
    if (path === STANDARD_INPUT) yield* readStream('standard input', process.stdin);
    else yield* readPath(path);
  }
}

async function* readPath(path: string): AsyncIterable<InputItem> {
  try {
    if ((await stat(path)).isDirectory()) {
      for (const name of (await readdir(path)).sort()) yield* readPath(join(path, name));
      return;
    }
  } catch (error) {
    yield { kind: 'problem', problem: { file: path, why: reasonOf(error) } };
    return;
  }
  yield* readStream(path, createReadStream(path));
}

async function* readStream(file: string, stream: Readable): AsyncIterable<InputItem> {
  yield { kind: 'file', file };
  try {
    yield* readText(file, unpackedText(stream));
  } catch (error) {
    yield { kind: 'problem', problem: { file, why: reasonOf(error) } };
  }
}

/** Lines, as long as each is a JSON document of its own; where the first is not, the file may be one document over many lines. */
async function* readText(file: string, lines: AsyncIterable<string>): AsyncIterable<InputItem> {
  let line = 0;
  const spread: string[] = [];
  let spreadCharacters = 0;
  let isLines = false;
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
  if (spread.length > 0) yield* readSpread(file, spread);
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES') return 'permission denied';
  return error.message;
}
