import type { Atom } from '../plan/atom.ts';

/** A literal of a field, and the patterns that it leads to: those whose cover it is part of. */
export interface FieldLiteral {
  /** Its number among all literals, from 0 up. */
  readonly number: number;
  readonly field: number;
  readonly text: string;
  patterns: number[];
  /** The number of the comparison `=` with it, where some pattern makes that. */
  comparison: number | undefined;
}

export interface FieldAffix {
  readonly text: string;
  patterns: number[];
}

/** Of all values that lead to none; most others lead to one. A list that is begun empty takes room for many. */
const NO_PATTERNS: number[] = [];

/** What can be looked up by the text of one field. */
export class FieldLookups {
  readonly literals = new Map<string, FieldLiteral>();
  readonly prefixes = new Map<string, FieldAffix>();
  readonly suffixes = new Map<string, FieldAffix>();

  readonly #field: number;
  readonly #allLiterals: FieldLiteral[];
  #hasLeadingLiteral = false;

  /** @param allLiterals those of all fields, in the order of their numbers; new ones are added */
  constructor(field: number, allLiterals: FieldLiteral[]) {
    this.#field = field;
    this.#allLiterals = allLiterals;
  }

  literal(text: string): FieldLiteral {
    const known = this.literals.get(text);
    if (known !== undefined) return known;
    const added: FieldLiteral = {
      number: this.#allLiterals.length,
      field: this.#field,
      text,
      patterns: NO_PATTERNS,
      comparison: undefined,
    };
    this.#allLiterals.push(added);
    this.literals.set(text, added);
    return added;
  }

  lead({ kind, text }: Atom, pattern: number): void {
    if (kind === 'equals') this.#hasLeadingLiteral = true;
    const value = kind === 'equals' ? this.literal(text) : this.#affix(kind, text);
    if (value.patterns.length === 0) value.patterns = [pattern];
    else if (value.patterns.at(-1) !== pattern) value.patterns.push(pattern);
  }

  /** The patterns that the field leads to, some more than once; those of one value side by side. */
  forEachLead(lead: (pattern: number) => void): void {
    for (const values of [this.literals, this.prefixes, this.suffixes]) {
      for (const { patterns } of values.values()) patterns.forEach(lead);
    }
  }

  /** Whether any pattern is looked up by the field. */
  get leadAnywhere(): boolean {
    return this.hasLeadingLiteral || this.prefixes.size > 0 || this.suffixes.size > 0;
  }

  get hasLeadingLiteral(): boolean {
    return this.#hasLeadingLiteral;
  }

  #affix(kind: 'prefix' | 'suffix', text: string): FieldAffix {
    const affixes = kind === 'prefix' ? this.prefixes : this.suffixes;
    const known = affixes.get(text);
    if (known !== undefined) return known;
    const added: FieldAffix = { text, patterns: NO_PATTERNS };
    affixes.set(text, added);
    return added;
  }
}
