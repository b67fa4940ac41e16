import {
  compilePattern,
  parsePattern,
  type CompiledPattern,
  type ParsedEvent,
  type Pattern,
} from '../pattern/index.ts';

/** A pattern as text or as a tree. */
export type PatternSource = string | Pattern;

/** Patterns that are parsed and compiled when an event first asks for them: most never are, in the life of one Lambda. */
export class LazyPatterns {
  readonly #sources: readonly PatternSource[];
  readonly #compiled: (CompiledPattern | undefined)[] = [];

  constructor(sources: readonly PatternSource[]) {
    this.#sources = sources;
  }

  get count(): number {
    return this.#sources.length;
  }

  /** One after the other, so that none need be kept. @throws PatternSyntaxError for text that is no pattern */
  *trees(): Generator<Pattern> {
    for (const source of this.#sources) yield typeof source === 'string' ? parsePattern(source) : source;
  }

  /** Whether the pattern of that index matches. @throws PatternSyntaxError for text that is no pattern */
  matches(index: number, event: ParsedEvent): boolean {
    return this.#compile(index).matchesEvent(event);
  }

  #compile(index: number): CompiledPattern {
    const known = this.#compiled[index];
    if (known !== undefined) return known;
    const source = this.#sources[index];
    if (source === undefined) throw new RangeError(`there is no pattern ${index}`);
    const compiled = compilePattern(source);
    this.#compiled[index] = compiled;
    return compiled;
  }
}
