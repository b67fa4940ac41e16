const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Longer names are not those of lists of records. */
const MAX_NAME_CHARACTERS = 16;

/**
 * The entries of the first list of records in a JSON document that comes in parts, however the text is cut: of the list that the
 * document is, or of a property of the object that it is. No more than one entry is held. What is JSON within an entry is left to
 * whoever parses it.
 */
export class ListReader {
  readonly #names: readonly string[];
  readonly #maxEntryCharacters: number;
  #depth = 0;
  #string: 'no' | 'inside' | 'after a backslash' = 'no';
  /** The last string directly in the document, which a list comes under. */
  #name = '';
  #list: string | undefined;
  #listDepth = 0;
  #isInList = false;
  #hasEntry = false;
  #entry: string[] = [];
  #entryCharacters = 0;
  #end: number | undefined;

  /**
   * @param names of the properties that hold lists of records
   * @param maxEntryCharacters no entry may be longer
   */
  constructor(names: readonly string[], maxEntryCharacters: number) {
    this.#names = names;
    this.#maxEntryCharacters = maxEntryCharacters;
  }

  /** What the list is called; undefined as long as none has begun. */
  get list(): string | undefined {
    return this.#list;
  }

  /** Where in the last part the document ended; undefined as long as it has not. */
  get end(): number | undefined {
    return this.#end;
  }

  /** The entries that end in this part, each as it is written. @throws Error for one that is too long */
  *add(text: string): Generator<string> {
    let entryStart = 0;
    for (let at = 0; at < text.length && this.#end === undefined; at++) {
      if (this.#string !== 'no') {
        at = this.#skipString(text, at);
        continue;
      }
      const code = text.charCodeAt(at);
      if (this.#depth === 0 && isNoBeginning(code)) {
        this.#end = at;
        return;
      }
      switch (code) {
        case QUOTE:
          this.#string = 'inside';
          this.#name = '';
          break;
        case OPEN_LIST:
        case OPEN_OBJECT:
          if (this.#opens(code)) entryStart = at + 1;
          break;
        case CLOSE_LIST:
        case CLOSE_OBJECT:
          if (this.#isAtEntry) {
            yield* this.#endEntry(text.slice(entryStart, at), 'last');
            this.#isInList = false;
          }
          this.#depth -= 1;
          if (this.#depth === 0) this.#end = at + 1;
          break;
        case COMMA:
          if (!this.#isAtEntry) break;
          yield* this.#endEntry(text.slice(entryStart, at), 'not last');
          entryStart = at + 1;
      }
    }
    if (this.#isInList) this.#hold(text.slice(entryStart));
  }

  get #isAtEntry(): boolean {
    return this.#isInList && this.#depth === this.#listDepth;
  }

  /** The offset of the last character of the string that is in this part. */
  #skipString(text: string, start: number): number {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#string === 'after a backslash') this.#string = 'inside';
      else if (code === BACKSLASH) this.#string = 'after a backslash';
      else if (code === QUOTE) {
        this.#string = 'no';
        return at;
      }
      if (this.#depth === 1 && this.#name.length <= MAX_NAME_CHARACTERS) this.#name += text.charAt(at);
    }
    return text.length;
  }

  /** Whether the list begins here. */
  #opens(bracket: number): boolean {
    this.#depth += 1;
    if (this.#list !== undefined || bracket !== OPEN_LIST) return false;
    if (this.#depth === 1) this.#list = 'the list';
    else if (this.#depth === 2 && this.#names.includes(this.#name)) this.#list = this.#name;
    this.#isInList = this.#list !== undefined;
    this.#listDepth = this.#depth;
    return this.#isInList;
  }

  *#endEntry(text: string, place: 'last' | 'not last'): Generator<string> {
    this.#hold(text);
    const entry = this.#entry.join('');
    this.#entry = [];
    this.#entryCharacters = 0;
    const isEmptyList = place === 'last' && !this.#hasEntry && entry.trim() === '';
    this.#hasEntry = true;
    if (!isEmptyList) yield entry;
  }

  #hold(text: string): void {
    this.#entryCharacters += text.length;
    if (this.#entryCharacters > this.#maxEntryCharacters) {
      throw new Error(`an entry of ${this.#list ?? ''} has more than ${this.#maxEntryCharacters / 1024 / 1024} MB`);
    }
    this.#entry.push(text);
  }
}

/** Of a JSON document that may hold a list: it begins with a bracket, after white space. */
function isNoBeginning(code: number): boolean {
  return code !== OPEN_LIST && code !== OPEN_OBJECT && !isJsonWhiteSpace(code);
}

function isJsonWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
