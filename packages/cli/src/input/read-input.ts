import type { Readable } from 'node:stream';
import { DocumentReader } from './document-reader.ts';
import { inputFiles, whyUnreadable } from './input-files.ts';
import type { InputItem } from './input-item.ts';
import { unpackedParts } from './unpacked-text.ts';

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
      for await (const item of readFile(file, input.open())) {
        isEmpty = false;
        yield item;
      }
      if (isEmpty) yield { kind: 'problem', problem: { file, why: 'there is nothing in it' } };
    } catch (error) {
      yield { kind: 'problem', problem: { file, why: whyUnreadable(error) } };
    }
  }
}

async function* readFile(file: string, source: Readable): AsyncIterable<InputItem> {
  const reader = new DocumentReader(file);
  try {
    for await (const text of unpackedParts(source)) yield* reader.read(text);
  } catch (error) {
    // What came before the file broke off is read all the same.
    yield* reader.end({ isBroken: true });
    throw error;
  }
  yield* reader.end({ isBroken: false });
}
