import type { Readable } from 'node:stream';
import { type ParsedEvent, parseEvent } from '@trailbell/core/pattern';
import { messagesOf } from './envelopes.ts';
import { JsonPrefix } from './json-prefix.ts';
import { unpackedLines } from './unpacked-text.ts';

/** A message of the input and where it stands. */
export interface Message {
  readonly event: ParsedEvent;
  /** The line, from 1, on which the message begins, or the document that holds it. */
  readonly line: number;
  /** The message's place, from 1, in a document that holds several; absent where it is the only one. */
  readonly entry?: number;
}

/** A document over many lines is held whole, up to this many characters. */
const MAX_DOCUMENT_CHARACTERS = 256 * 1024 * 1024;

/**
 * Every message of a stream, packed with gzip or not: lines of text and of JSON, and the messages in archives and outputs of the
 * AWS CLI (see `messagesOf`), also where such a document is spread over many lines. Blank lines are no messages. They come in
 * groups, each to be read before the next is asked for; no more than a chunk of lines, or one document, is in memory.
 */
export async function* readMessages(stream: Readable): AsyncIterable<Iterable<Message>> {
  const reader = new MessageReader();
  for await (const lines of unpackedLines(stream)) yield reader.read(lines);
  yield reader.end();
}

class MessageReader {
  #line = 0;
  /** The lines of a document that has begun and not ended. */
  #held: string[] = [];
  #heldCharacters = 0;
  #document: JsonPrefix | undefined;

  *read(lines: readonly string[]): Iterable<Message> {
    for (const line of lines) {
      this.#line += 1;
      if (this.#document !== undefined) yield* this.#goOn(this.#document, line);
      else if (/\S/.test(line)) yield* this.#begin(line);
    }
  }

  *end(): Iterable<Message> {
    yield* this.#releaseAsLines();
  }

  *#begin(text: string): Iterable<Message> {
    const messages = messagesOnLine(text, this.#line);
    if (messages !== undefined) {
      yield* messages;
      return;
    }
    const document = new JsonPrefix();
    if (document.add(text) && !document.isComplete) {
      this.#document = document;
      this.#hold(text);
    } else yield messageOfText(text, this.#line);
  }

  *#goOn(document: JsonPrefix, text: string): Iterable<Message> {
    const isPossible = document.add(text);
    this.#hold(text);
    if (!isPossible) yield* this.#releaseAsLines();
    else if (document.isComplete) yield* this.#releaseAsDocument();
  }

  #hold(text: string): void {
    this.#held.push(text);
    this.#heldCharacters += text.length + 1;
    if (this.#heldCharacters > MAX_DOCUMENT_CHARACTERS) {
      throw new Error('a JSON document over many lines is too large; write it as JSON lines');
    }
  }

  *#releaseAsDocument(): Iterable<Message> {
    const messages = messagesOf(this.#held.join('\n'));
    if (messages === undefined) {
      yield* this.#releaseAsLines();
      return;
    }
    const firstLine = this.#line - this.#held.length + 1;
    this.#reset();
    yield* placed(messages, firstLine);
  }

  /** Each for itself, so that lines are looked at twice at most whatever they begin like. */
  *#releaseAsLines(): Iterable<Message> {
    const lines = this.#held;
    const firstLine = this.#line - lines.length + 1;
    this.#reset();
    for (const [index, text] of lines.entries()) {
      const line = firstLine + index;
      if (/\S/.test(text)) yield* messagesOnLine(text, line) ?? [messageOfText(text, line)];
    }
  }

  #reset(): void {
    this.#held = [];
    this.#heldCharacters = 0;
    this.#document = undefined;
  }
}

/** The messages of a line that is a JSON document of its own; undefined for any other. */
function messagesOnLine(text: string, line: number): Iterable<Message> | undefined {
  const messages = messagesOf(text);
  return messages === undefined ? undefined : placed(messages, line);
}

/** The time that an export of a log group to S3 writes before each event. */
const EXPORT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (?=\{)/;

/** A line of text. Only before a JSON object is a time taken for an export's: other logs begin their lines like that themselves. */
function messageOfText(text: string, line: number): Message {
  const time = EXPORT_TIME.exec(text);
  if (time !== null) {
    const event = parseEvent(text.slice(time[0].length));
    if (event.root !== undefined) return { event, line };
  }
  return { event: parseEvent(text), line };
}

/** One message ahead, because the only message of a document has no place in it. */
function* placed(messages: Iterable<ParsedEvent>, line: number): Iterable<Message> {
  let held: ParsedEvent | undefined;
  let entries = 0;
  for (const event of messages) {
    if (held !== undefined) yield { event: held, line, entry: entries };
    held = event;
    entries += 1;
  }
  if (held !== undefined) yield entries === 1 ? { event: held, line } : { event: held, line, entry: entries };
}
