import { compilePattern, type CompiledPattern, type ParsedEvent, type Pattern } from '../pattern/index.ts';

/** Patterns that are compiled when an event first asks for them: most never are, in the life of one Lambda. */
export class LazyPatterns {
  readonly #trees: readonly Pattern[];
  readonly #compiled: (CompiledPattern | undefined)[] = [];

  constructor(trees: readonly Pattern[]) {
    this.#trees = trees;
  }

  /** Whether the pattern of that index matches. */
  matches(index: number, event: ParsedEvent): boolean {
    return this.#compile(index).matchesEvent(event);
  }

  #compile(index: number): CompiledPattern {
    const known = this.#compiled[index];
    if (known !== undefined) return known;
    const tree = this.#trees[index];
    if (tree === undefined) throw new RangeError(`there is no pattern ${index}`);
    const compiled = compilePattern(tree);
    this.#compiled[index] = compiled;
    return compiled;
  }
}
