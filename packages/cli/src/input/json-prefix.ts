import { endOfString } from './json-text.ts';

/**
 * Tells, line by line, whether lines may be the beginning of one JSON document. So a text that only begins like JSON
 * (`[ERROR] ...`) need not be held until its end. Numbers are looked at loosely: `JSON.parse` has the last word.
 */
export class JsonPrefix {
  readonly #open: ('{' | '[')[] = [];
  #expected: 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end' | 'nothing' = 'value';

  /** True where the document ends with the last line added. */
  get isComplete(): boolean {
    return this.#expected === 'nothing';
  }

  /** Takes in a line. False if no document can begin with the lines so far; then add no more. */
  add(line: string): boolean {
    let at = 0;
    while (at < line.length) {
      if (' \t\r'.includes(line.charAt(at))) {
        at++;
        continue;
      }
      const end = endOfToken(line, at);
      if (end === undefined || !this.#takes(line.charAt(at))) return false;
      at = end;
    }
    return true;
  }

  #takes(first: string): boolean {
    switch (this.#expected) {
      case 'value or ]':
        return first === ']' ? this.#closes(first) : this.#takesValue(first);
      case 'value':
        return this.#takesValue(first);
      case 'name or }':
        return first === '}' ? this.#closes(first) : this.#takesName(first);
      case 'name':
        return this.#takesName(first);
      case ':':
        this.#expected = 'value';
        return first === ':';
      case ', or end':
        if (first !== ',') return this.#closes(first);
        this.#expected = this.#open.at(-1) === '{' ? 'name' : 'value';
        return true;
      case 'nothing':
        return false;
    }
  }

  #takesName(first: string): boolean {
    this.#expected = ':';
    return first === '"';
  }

  #takesValue(first: string): boolean {
    if (first === '{' || first === '[') {
      this.#open.push(first);
      this.#expected = first === '{' ? 'name or }' : 'value or ]';
      return true;
    }
    this.#endValue();
    return !',:]}'.includes(first);
  }

  #closes(first: string): boolean {
    const opened = this.#open.pop();
    this.#endValue();
    return first === '}' ? opened === '{' : first === ']' && opened === '[';
  }

  #endValue(): void {
    this.#expected = this.#open.length === 0 ? 'nothing' : ', or end';
  }
}

const WORD = /-?\d[\d.eE+-]*|true|false|null/y;

function endOfToken(line: string, start: number): number | undefined {
  const first = line.charAt(start);
  if ('{}[],:'.includes(first)) return start + 1;
  if (first === '"') return endOfString(line, start);
  WORD.lastIndex = start;
  return WORD.test(line) ? WORD.lastIndex : undefined;
}
