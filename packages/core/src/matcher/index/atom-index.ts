import { selectScalar, type ParsedEvent, type Selector } from '../../pattern/index.ts';
import { pathKey, type Atom, type FieldPath } from '../plan/atom.ts';

/** Finds the patterns one of whose atoms holds for an event, at a cost that depends on the fields and hardly on the patterns. */
export class AtomIndex {
  readonly #fields = new Map<string, FieldAtoms>();

  add(atom: Atom, patternIndex: number): void {
    const key = pathKey(atom.path);
    let field = this.#fields.get(key);
    if (field === undefined) {
      field = new FieldAtoms(atom.path);
      this.#fields.set(key, field);
    }
    field.add(atom, patternIndex);
  }

  /** Calls `found` with each pattern's index, more than once for some. */
  find(event: ParsedEvent, found: (patternIndex: number) => void): void {
    for (const field of this.#fields.values()) field.find(event, found);
  }
}

type Patterns = number[];

/** The atoms of one field. */
class FieldAtoms {
  readonly #selector: Selector;
  readonly #equals = new Map<string, Patterns>();
  /** By the text's length, so that a value is cut once for each. */
  readonly #prefixes = new Map<number, Map<string, Patterns>>();
  readonly #suffixes = new Map<number, Map<string, Patterns>>();

  constructor(path: FieldPath) {
    const steps = path.map((name) => ({ kind: 'property' as const, name }));
    this.#selector = { kind: 'selector', steps, span: { offset: 0, length: 0 } };
  }

  add({ kind, text }: Atom, patternIndex: number): void {
    switch (kind) {
      case 'equals':
        addTo(this.#equals, text, patternIndex);
        break;
      case 'prefix':
        addTo(ofLength(this.#prefixes, text.length), text, patternIndex);
        break;
      case 'suffix':
        addTo(ofLength(this.#suffixes, text.length), text, patternIndex);
        break;
    }
  }

  find(event: ParsedEvent, found: (patternIndex: number) => void): void {
    const value = selectScalar(this.#selector, event);
    if (value === undefined) return;
    this.#equals.get(value)?.forEach(found);
    for (const [length, prefixes] of this.#prefixes) prefixes.get(value.slice(0, length))?.forEach(found);
    for (const [length, suffixes] of this.#suffixes) {
      if (length <= value.length) suffixes.get(value.slice(value.length - length))?.forEach(found);
    }
  }
}

function addTo(texts: Map<string, Patterns>, text: string, patternIndex: number): void {
  const known = texts.get(text);
  if (known === undefined) texts.set(text, [patternIndex]);
  else known.push(patternIndex);
}

function ofLength(lengths: Map<number, Map<string, Patterns>>, length: number): Map<string, Patterns> {
  const known = lengths.get(length) ?? new Map<string, Patterns>();
  lengths.set(length, known);
  return known;
}
