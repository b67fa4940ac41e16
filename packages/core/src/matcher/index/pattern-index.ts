import type { ParsedEvent } from '../../pattern/index.ts';
import { coverOf } from '../plan/cover.ts';
import type { LazyPatterns } from '../lazy-patterns.ts';
import { AtomIndex } from './atom-index.ts';

/**
 * The engine in plain JavaScript: an event is parsed once, the patterns that could match it are looked up by what nearly all of them
 * pin, and only those are tried. It judges what the scanner hands over, and everything where there is no WebAssembly.
 */
export class PatternIndex {
  readonly #patterns: LazyPatterns;
  readonly #atoms = new AtomIndex();
  /** Tried on every event that is a JSON object. */
  readonly #uncovered: number[] = [];
  /** Not about JSON: tried on every message. */
  readonly #textual: number[] = [];
  /** For each pattern the last event that it was tried on, so that two atoms of one pattern do not try it twice. */
  readonly #triedOn: Uint32Array;
  #event = 0;

  constructor(patterns: LazyPatterns) {
    this.#patterns = patterns;
    this.#triedOn = new Uint32Array(patterns.count);
    let index = 0;
    for (const tree of patterns.trees()) {
      const cover = coverOf(tree);
      if (tree.kind !== 'json') this.#textual.push(index);
      else if (cover === undefined) this.#uncovered.push(index);
      else for (const atom of cover.atoms) this.#atoms.add(atom, index);
      index++;
    }
  }

  /** The indexes of the patterns that match, in ascending order. */
  match(event: ParsedEvent): readonly number[] {
    const matched: number[] = [];
    const tryPattern = (index: number) => {
      if (this.#triedOn[index] === this.#event) return;
      this.#triedOn[index] = this.#event;
      if (this.#patterns.matches(index, event)) matched.push(index);
    };
    this.#beginEvent();
    if (event.root !== undefined) {
      this.#atoms.find(event, tryPattern);
      this.#uncovered.forEach(tryPattern);
    }
    this.#textual.forEach(tryPattern);
    return matched.sort((one, other) => one - other);
  }

  #beginEvent(): void {
    this.#event += 1;
    if (this.#event < 2 ** 32) return;
    this.#triedOn.fill(0);
    this.#event = 1;
  }
}
