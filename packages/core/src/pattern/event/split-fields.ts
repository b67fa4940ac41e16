/** Splits a message into the fields of space-delimited patterns. */

export interface MessageField {
  readonly text: string;
  /** Where the field begins in the message, its delimiter included. */
  readonly start: number;
}

/** All fields of a message. */
export function splitFields(message: string): readonly MessageField[] {
  const reader = new FieldReader(message);
  const fields: MessageField[] = [];
  for (let field = reader.next(); field !== undefined; field = reader.next()) fields.push(field);
  return fields;
}

/**
 * Reads one field after the other. `"..."` and `[...]` are one field without their delimiters, and the next field may follow at
 * once. A delimiter that is never closed is an ordinary character.
 */
export class FieldReader {
  readonly #message: string;
  #at = 0;
  /** Looked up once, so that a line of a million `[` is not searched a million times. */
  #lastQuote: number | undefined;
  #lastBracket: number | undefined;

  constructor(message: string) {
    this.#message = message;
  }

  /** The next field; undefined if only white space is left. */
  next(): MessageField | undefined {
    if (this.isAtEnd()) return undefined;
    const start = this.#at;
    const closing = this.#closing(start);
    if (closing === undefined) {
      this.#skipWhile(isNotBlank);
      return { text: this.#message.slice(start, this.#at), start };
    }
    this.#at = closing + 1;
    return { text: this.#message.slice(start + 1, closing), start };
  }

  /** Whether nothing but white space follows. */
  isAtEnd(): boolean {
    this.#skipWhile(isBlank);
    return this.#at >= this.#message.length;
  }

  /** Where the delimiter that opens at `start` closes. */
  #closing(start: number): number | undefined {
    const first = this.#message.charAt(start);
    if (first === '"') {
      this.#lastQuote ??= this.#message.lastIndexOf('"');
      return this.#lastQuote > start ? this.#message.indexOf('"', start + 1) : undefined;
    }
    if (first === '[') {
      this.#lastBracket ??= this.#message.lastIndexOf(']');
      return this.#lastBracket > start ? this.#message.indexOf(']', start + 1) : undefined;
    }
    return undefined;
  }

  #skipWhile(isSkipped: (code: number) => boolean): void {
    while (this.#at < this.#message.length && isSkipped(this.#message.charCodeAt(this.#at))) this.#at++;
  }
}

/** Blank, tab, line feed, vertical tab, form feed and carriage return. */
function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function isNotBlank(code: number): boolean {
  return !isBlank(code);
}
