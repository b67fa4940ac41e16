import { Scalar } from 'yaml';

/**
 * Where each UTF-16 unit of a YAML scalar's text stands in the file, and after them where the text ends, as offsets into
 * `fileText`. Undefined where the scalar's text cannot be traced: callers then point at its start.
 *
 * YAML unfolds lines, drops indentation and decodes escapes, so the text is unfolded here a second time, with offsets. The
 * result counts only if it says the same as the parser's. https://yaml.org/spec/1.2.2/#chapter-6-structural-productions
 */
export function scalarOffsets(scalar: Scalar, fileText: string): readonly number[] | undefined {
  if (scalar.range === null || scalar.range === undefined || typeof scalar.value !== 'string') return undefined;
  const [start, end] = scalar.range;
  const traced = new TracedText(fileText);
  switch (scalar.type) {
    case Scalar.PLAIN:
      traced.unfoldLines(start, end, false);
      break;
    case Scalar.QUOTE_SINGLE:
      traced.unfoldLines(start + 1, end - 1, true);
      break;
    case Scalar.QUOTE_DOUBLE:
      traced.unescape(start + 1, end - 1);
      break;
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      traced.unindent(scalar, start, end);
      break;
    case undefined:
      return undefined;
  }
  return traced.text === scalar.value ? [...traced.offsets, traced.end] : undefined;
}

interface SourceLine {
  /** Offsets of the first character and of the line break, or of the end of the scalar. */
  readonly start: number;
  readonly end: number;
}

const ESCAPE_WIDTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029', ' ': ' ', '"': '"', '/': '/', '\\': '\\', '\t': '\t' },
};

class TracedText {
  text = '';
  readonly offsets: number[] = [];
  /** The offset that follows the last unit. */
  end = 0;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** Appends text of which every unit comes from the same place: an escape, a folded line break. */
  #pushFrom(offset: number, text: string): void {
    this.text += text;
    this.offsets.push(...Array.from({ length: text.length }, () => offset));
  }

  /** Appends the source between two offsets as it stands. */
  #pushSource(start: number, end: number): void {
    this.text += this.#source.slice(start, end);
    for (let offset = start; offset < end; offset++) this.offsets.push(offset);
  }

  #lines(start: number, end: number): SourceLine[] {
    const lines: SourceLine[] = [];
    for (let lineStart = start; ;) {
      const lineBreak = this.#source.indexOf('\n', lineStart);
      if (lineBreak === -1 || lineBreak >= end) return [...lines, { start: lineStart, end }];
      const isCrLf = lineBreak > lineStart && this.#source[lineBreak - 1] === '\r';
      lines.push({ start: lineStart, end: isCrLf ? lineBreak - 1 : lineBreak });
      lineStart = lineBreak + 1;
    }
  }

  #isBlank(offset: number): boolean {
    return this.#source[offset] === ' ' || this.#source[offset] === '\t';
  }

  /** Plain and single-quoted scalars: one line break is a space, n of them are n - 1; blanks around them go. */
  unfoldLines(start: number, end: number, isQuoted: boolean): void {
    const lines = this.#lines(start, end);
    let separator = '';
    let separatorOffset = start;
    for (const [index, line] of lines.entries()) {
      const isLast = index === lines.length - 1;
      let [from, to] = [line.start, line.end];
      if (index > 0) while (from < to && this.#isBlank(from)) from++;
      if (!isLast) while (to > from && this.#isBlank(to - 1)) to--;
      if (index > 0 && !isLast && from === to) {
        if (separator === '\n') this.#pushFrom(separatorOffset, '\n');
        separator = '\n';
        separatorOffset = line.start;
        continue;
      }
      this.#pushFrom(separatorOffset, separator);
      if (isQuoted) this.#pushQuoted(from, to);
      else this.#pushSource(from, to);
      separator = ' ';
      separatorOffset = to;
    }
    this.end = end;
  }

  #pushQuoted(start: number, end: number): void {
    for (let offset = start; offset < end; offset++) {
      this.#pushSource(offset, offset + 1);
      if (this.#source.startsWith("''", offset)) offset++;
    }
  }

  /** Double-quoted scalars: escapes, and the same folding, except that an escaped line break leaves nothing. */
  unescape(start: number, end: number): void {
    const source = this.#source;
    for (let offset = start; offset < end;) {
      const lineBreak = /[ \t]*(?:\r?\n[ \t]*)+/y;
      lineBreak.lastIndex = offset;
      const fold = lineBreak.exec(source)?.[0];
      if (fold !== undefined) {
        this.#pushFrom(offset, '\n'.repeat(fold.split('\n').length - 2) || ' ');
        offset += fold.length;
      } else if (source[offset] !== '\\') {
        this.#pushSource(offset, offset + 1);
        offset++;
      } else {
        offset = this.#unescapeOne(offset);
      }
    }
    this.end = end;
  }

  /** Returns the offset after the escape. */
  #unescapeOne(offset: number): number {
    const letter = this.#source[offset + 1] ?? '';
    const width = ESCAPE_WIDTHS[letter];
    if (width !== undefined) {
      const code = Number.parseInt(this.#source.slice(offset + 2, offset + 2 + width), 16);
      if (code <= 0x10ffff) this.#pushFrom(offset, String.fromCodePoint(code));
      return offset + 2 + width;
    }
    const continued = /\\\r?\n[ \t]*/y;
    continued.lastIndex = offset;
    const escapedBreak = continued.exec(this.#source)?.[0];
    if (escapedBreak !== undefined) return offset + escapedBreak.length;
    this.#pushFrom(offset, ESCAPES[letter] ?? '');
    return offset + 2;
  }

  /** Block scalars: the indentation goes; in a folded one single line breaks between plain lines are spaces. */
  unindent(scalar: Scalar, start: number, end: number): void {
    const source = this.#source;
    const token = scalar.srcToken;
    if (token?.type !== 'block-scalar') return;
    const header = /^[|>]([-+1-9]*)/.exec(source.slice(start, start + 3))?.[1] ?? '';
    const declaredIndent = Number(/[1-9]/.exec(header)?.[0] ?? 0);
    const contentStart = source.indexOf('\n', start) + 1;
    if (contentStart === 0) return;
    const lines = this.#lines(contentStart, end);
    const indentOf = (line: SourceLine) => {
      let offset = line.start;
      while (offset < line.end && source[offset] === ' ') offset++;
      return offset - line.start;
    };
    const isEmpty = (line: SourceLine) => line.start + indentOf(line) === line.end;
    const first = lines.find((line) => !isEmpty(line));
    const isKept = header.includes('+');
    if (first === undefined) {
      for (const line of isKept ? lines.slice(0, Math.max(1, lines.length - 1)) : []) this.#pushFrom(line.start, '\n');
      this.end = end;
      return;
    }
    const indent = declaredIndent > 0 ? token.indent + declaredIndent : indentOf(first);
    const last = lines.findLastIndex((line) => !isEmpty(line) || indentOf(line) > indent);
    this.#foldBlock(lines.slice(0, last + 1), indent, scalar.type === Scalar.BLOCK_FOLDED);
    this.end = lines[last]?.end ?? end;
    if (header.includes('-')) return;
    this.#pushFrom(this.end, '\n');
    if (!isKept) return;
    // The last entry is what follows the final line break: not a line.
    for (const line of lines.slice(last + 1, -1)) this.#pushFrom(line.start, '\n');
    this.end = end;
  }

  #foldBlock(lines: readonly SourceLine[], indent: number, isFolded: boolean): void {
    let separator = '';
    let separatorOffset = 0;
    let wasMoreIndented = false;
    let hasText = false;
    for (const line of lines) {
      const from = Math.min(line.start + indent, line.end);
      const isEmpty = from === line.end;
      const isMoreIndented = !isEmpty && this.#isBlank(from);
      if (!isFolded || !hasText) {
        this.#pushFrom(separatorOffset, separator);
        separator = '\n';
        if (isFolded && !isEmpty) {
          hasText = true;
          wasMoreIndented = isMoreIndented;
          separator = isMoreIndented ? '\n' : ' ';
        }
      } else if (isEmpty) {
        if (separator === '\n') this.#pushFrom(separatorOffset, '\n');
        separator = '\n';
        separatorOffset = line.start;
        continue;
      } else if (isMoreIndented) {
        this.#pushFrom(separatorOffset, separator === '\n' && !wasMoreIndented ? '\n\n' : '\n');
        separator = '\n';
        wasMoreIndented = true;
      } else {
        this.#pushFrom(separatorOffset, separator);
        separator = ' ';
        wasMoreIndented = false;
      }
      this.#pushSource(from, line.end);
      separatorOffset = line.end;
    }
  }
}
