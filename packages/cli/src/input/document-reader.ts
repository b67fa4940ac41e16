import type { InputItem } from './input-item.ts';
import { JsonPrefix } from './json-prefix.ts';
import { ListReader } from './list-reader.ts';
import { LISTS, readDocument, readLine, type Read } from './read-record.ts';

/** 64 MB of ASCII. A record has at most 256 KB; what is larger is a list of them, or none. */
const MAX_DOCUMENT_CHARACTERS = 64 * 1024 * 1024;

/**
 * Reads the documents of a file from text that comes in parts: lines, as long as each is a JSON document of its own; where the first
 * is not, the file may be one document over many lines. What is larger than can be read at once is read entry by entry where it
 * is a list of records, and is refused where it is none.
 */
export class DocumentReader {
  readonly #file: string;
  readonly #maxCharacters: number;
  /** What is being read: lines, a document over many lines, a list entry by entry, or the rest of a line that is left out. */
  #reading: 'lines' | 'document' | 'too long a line' | ListReader = 'lines';
  #hasReadLine = false;
  /** The line that is being read, or on which the text that is held begins. */
  #line = 1;
  #listLine = 1;
  #listEntries = 0;
  #held: string[] = [];
  #heldCharacters = 0;

  /** @param maxCharacters how much is held at most */
  constructor(file: string, maxCharacters: number = MAX_DOCUMENT_CHARACTERS) {
    this.#file = file;
    this.#maxCharacters = maxCharacters;
  }

  /** What can be said with this part. @throws Error where no more of the file can be read */
  *read(text: string): Iterable<InputItem> {
    let rest = text;
    while (rest !== '') {
      if (this.#reading === 'lines') rest = yield* this.#readLines(rest);
      else if (this.#reading === 'document') rest = yield* this.#hold(rest);
      else if (this.#reading === 'too long a line') rest = this.#skipLine(rest);
      else rest = yield* this.#readList(this.#reading, rest);
    }
  }

  /** What is left. Where the file broke off, nothing is said of the line that did so: the break is. */
  *end({ isBroken }: { readonly isBroken: boolean }): Iterable<InputItem> {
    if (this.#reading instanceof ListReader) {
      if (!isBroken) yield this.#problem(`not JSON: the file ends inside ${this.#reading.list ?? 'it'}`);
      return;
    }
    const text = this.#takeHeld().join('');
    const whole = isBroken ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
    if (whole.trim() === '') return;
    if (this.#reading === 'document') {
      yield* this.#readWhole(whole);
      return;
    }
    const read = readLine(whole);
    yield* this.#itemsOf(read, this.#hasReadLine || read.kind === 'records' ? this.#line : undefined);
  }

  *#readLines(text: string): Generator<InputItem, string> {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = this.#held.join('') + text.slice(start, end);
      if (line.trim() !== '') {
        const read = readLine(line);
        if (!this.#hasReadLine && read.kind === 'unreadable') {
          this.#reading = 'document';
          return text.slice(start);
        }
        this.#hasReadLine = true;
        yield* this.#itemsOf(read, this.#line);
      }
      this.#takeHeld();
      this.#line += 1;
      start = end + 1;
    }
    return yield* this.#hold(text.slice(start));
  }

  *#readList(list: ListReader, text: string): Generator<InputItem, string> {
    for (const entry of list.add(text)) {
      this.#listEntries += 1;
      const read = readDocument(entry);
      if (read.kind === 'unreadable') {
        yield this.#problem(`entry ${this.#listEntries} of ${list.list ?? ''}: ${read.why}`, this.#listLine);
      } else yield* this.#itemsOf(read, this.#listLine);
    }
    const { end = text.length } = list;
    this.#line += text.slice(0, end).split('\n').length - 1;
    if (list.end !== undefined) {
      this.#reading = 'lines';
      this.#hasReadLine = true;
    }
    return text.slice(end);
  }

  #skipLine(text: string): string {
    const end = text.indexOf('\n');
    if (end === -1) return '';
    this.#reading = 'lines';
    this.#line += 1;
    return text.slice(end + 1);
  }

  *#hold(text: string): Generator<InputItem, string> {
    this.#held.push(text);
    this.#heldCharacters += text.length;
    if (this.#heldCharacters > this.#maxCharacters) yield* this.#readWhatIsTooLong();
    return '';
  }

  /** A list, or lines of which the first is broken. Anything else is a line that is left out, or ends the reading. */
  *#readWhatIsTooLong(): Iterable<InputItem> {
    const isDocument = this.#reading === 'lines' || mayBeDocument(this.#held);
    const held = this.#takeHeld();
    if (isDocument && beginsList(held)) {
      this.#reading = new ListReader(LISTS, this.#maxCharacters);
      this.#listLine = this.#line;
      this.#listEntries = 0;
    } else if (this.#hasReadLine) {
      this.#reading = 'too long a line';
      yield this.#problem(`the line has more than ${this.#limit} and is no list of records`, this.#line);
      return;
    } else if (!isDocument && hasRecords(held)) {
      this.#reading = 'lines';
      this.#hasReadLine = true;
    } else {
      throw new Error(
        `more than ${this.#limit} of it are neither JSON lines nor a list of records: write it as JSON lines, a record a line`,
      );
    }
    for (const part of held) yield* this.read(part);
  }

  /** One document or, if it is none, lines of which the first is broken. */
  *#readWhole(text: string): Iterable<InputItem> {
    const document = readDocument(text);
    if (document.kind === 'records') {
      yield* this.#itemsOf(document, undefined);
      return;
    }
    const lines = [text, '\n'];
    if (!hasRecords(lines)) {
      yield this.#problem(document.why);
      return;
    }
    for (const line of linesOf(lines)) {
      if (line.trim() !== '') yield* this.#itemsOf(readLine(line), this.#line);
      this.#line += 1;
    }
  }

  #takeHeld(): readonly string[] {
    const held = this.#held;
    this.#held = [];
    this.#heldCharacters = 0;
    return held;
  }

  get #limit(): string {
    return `${this.#maxCharacters / 1024 / 1024} MB`;
  }

  *#itemsOf(read: Read, line: number | undefined): Iterable<InputItem> {
    if (read.kind === 'unreadable') {
      yield this.#problem(read.why, line);
      return;
    }
    for (const record of read.records) yield { kind: 'record', record };
    for (const why of read.problems) yield this.#problem(why, line);
  }

  #problem(why: string, line?: number): InputItem {
    return { kind: 'problem', problem: { file: this.#file, ...(line !== undefined && { line }), why } };
  }
}

/** Whether one JSON document can begin with these lines. */
function mayBeDocument(parts: readonly string[]): boolean {
  const prefix = new JsonPrefix();
  for (const line of linesOf(parts)) if (!prefix.add(line)) return false;
  return true;
}

function beginsList(parts: readonly string[]): boolean {
  const reader = new ListReader(LISTS, Infinity);
  for (const part of parts) {
    // As far as the first entry is enough.
    reader.add(part).next();
    if (reader.list !== undefined || reader.end !== undefined) break;
  }
  return reader.list !== undefined;
}

function hasRecords(parts: readonly string[]): boolean {
  for (const line of linesOf(parts)) if (/^\s*[[{]/.test(line) && readLine(line).kind === 'records') return true;
  return false;
}

/** The lines that end in this text. */
function* linesOf(parts: readonly string[]): Iterable<string> {
  let begun = '';
  for (const part of parts) {
    let start = 0;
    for (let end = part.indexOf('\n'); end !== -1; end = part.indexOf('\n', start)) {
      yield begun + part.slice(start, end);
      begun = '';
      start = end + 1;
    }
    begun += part.slice(start);
  }
}
