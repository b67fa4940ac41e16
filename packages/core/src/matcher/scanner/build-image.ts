import type { Pattern } from '../../pattern/index.ts';
import type { FieldPath } from '../plan/atom.ts';
import { coverOfDecision } from '../plan/cover.ts';
import * as layout from './assembly/layout.ts';
import { ComparisonTable } from './comparison-table.ts';
import { decisionOf, type Decision } from '../plan/decision.ts';
import { groupAffixes, type AffixGroup, type SortedAffix } from './affix-group.ts';
import { FieldLookups, type FieldLiteral } from './field-lookups.ts';
import { FieldTree, isFirst, nodesOf, searchedField, type TreeNode } from './field-tree.ts';
import { ImageFile } from './image-file.ts';
import { ImageTexts } from './image-texts.ts';
import { WordWriter } from './word-writer.ts';

/**
 * Compiles patterns to the tables that the scanner works with: plain bytes, which can be built when rules are deployed and loaded
 * as they are. Their form is that of assembly/layout.ts.
 */
export function buildImage(patterns: Iterable<Pattern>): Uint8Array {
  const builder = new ImageBuilder();
  for (const pattern of patterns) builder.add(pattern);
  return builder.finish();
}

class ImageBuilder {
  readonly #tree = new FieldTree();
  readonly #texts = new ImageTexts();
  readonly #lookups: FieldLookups[] = [];
  readonly #uncovered: number[] = [];
  /** Of each pattern the first step of what is left to decide where the lookups lead to it. */
  readonly #firstSteps: number[] = [];
  /** Where each pattern stands among the patterns. */
  readonly #rows = new Map<number, number>();
  readonly #lists = new WordWriter();
  readonly #literals: FieldLiteral[] = [];
  readonly #comparisons = new ComparisonTable({
    tree: this.#tree,
    texts: this.#texts,
    lookups: (field) => this.#fieldLookups(field),
  });

  add(pattern: Pattern): void {
    const index = this.#firstSteps.length;
    const decision = decisionOf(pattern);
    const cover = coverOfDecision(decision);
    this.#firstSteps.push(this.#comparisons.decide(decision, cover?.proven));
    if (cover === undefined) {
      this.#uncovered.push(index);
      for (const path of pathsOf(decision)) this.#tree.ask(path);
    } else {
      for (const atom of cover.atoms) this.#fieldLookups(this.#tree.lookUp(atom.path)).lead(atom, index);
    }
  }

  finish(): Uint8Array {
    const patterns = this.#writePatterns();
    const image = new ImageFile();
    image.header(layout.HEADER_FORMAT, layout.IMAGE_FORMAT);
    image.header(layout.HEADER_NODE_COUNT, this.#tree.nodeCount);
    image.header(layout.HEADER_FIELD_COUNT, this.#tree.fieldCount);
    image.header(layout.HEADER_COMPARISON_COUNT, this.#comparisons.count);
    image.header(layout.HEADER_PATTERN_COUNT, this.#rows.size);
    image.header(layout.HEADER_UNCOVERED_COUNT, this.#uncovered.length);
    image.table(layout.HEADER_NODES, this.#writeNodes());
    image.header(layout.HEADER_KEY_COUNT, this.#tree.nodeCount - 1);
    image.table(layout.HEADER_KEYS, this.#writeKeys());
    const { fields, affixes } = this.#writeFields();
    image.table(layout.HEADER_FIELDS, fields);
    image.table(layout.HEADER_AFFIXES, affixes);
    image.header(layout.HEADER_LITERAL_COUNT, this.#literals.length);
    image.table(layout.HEADER_LITERALS, this.#writeLiterals());
    image.table(layout.HEADER_COMPARISONS, this.#comparisons.comparisons.finish());
    image.table(layout.HEADER_INSTRUCTIONS, this.#comparisons.instructions.finish());
    image.table(layout.HEADER_PATTERNS, patterns);
    image.table(layout.HEADER_UNCOVERED, this.#writeUncovered());
    image.table(layout.HEADER_LISTS, this.#lists.finish());
    image.table(layout.HEADER_TEXTS, this.#texts.bytes());
    return image.finish();
  }

  #fieldLookups(field: number): FieldLookups {
    const known = this.#lookups[field];
    if (known !== undefined) return known;
    const added = new FieldLookups(field, this.#literals);
    this.#lookups[field] = added;
    return added;
  }

  /** Patterns that a value leads to lie side by side: they are asked for together. */
  #writePatterns(): Uint8Array {
    for (let field = 0; field < this.#tree.fieldCount; field++) {
      this.#fieldLookups(field).forEachLead((pattern) => {
        this.#place(pattern);
      });
    }
    for (const pattern of this.#uncovered) this.#place(pattern);
    const words = new WordWriter();
    for (const pattern of this.#rows.keys()) {
      const firstStep = this.#firstSteps[pattern];
      if (firstStep === undefined) throw new RangeError(`there is no pattern ${pattern}`);
      words.word(pattern);
      words.word(firstStep);
      words.skip(layout.PATTERN_BYTES - layout.PATTERN_EVENT);
    }
    return words.finish();
  }

  #place(pattern: number): void {
    if (!this.#rows.has(pattern)) this.#rows.set(pattern, this.#rows.size);
  }

  #writeRow(words: WordWriter, pattern: number): void {
    const row = this.#rows.get(pattern);
    if (row === undefined) throw new RangeError(`pattern ${pattern} has no row`);
    words.word(row);
  }

  #writeUncovered(): Uint8Array {
    const words = new WordWriter();
    for (const pattern of this.#uncovered) this.#writeRow(words, pattern);
    return words.finish();
  }

  #writeNodes(): Uint8Array {
    const words = new WordWriter();
    for (const node of nodesOf(this.#tree.root)) {
      words.skip(layout.NODE_FIELD);
      words.add(node.field === undefined ? 0 : node.field + 1, isFirst(node) ? 1 : 0, node.parent);
      this.#writeSearch(words, node);
    }
    return words.finish();
  }

  #writeSearch(words: WordWriter, node: TreeNode): void {
    const searched = searchedField(node);
    if (searched === undefined) {
      words.skip(layout.SEARCH_BYTES);
      return;
    }
    const { offset, length } = this.#texts.add(searched.name);
    words.add(searched.field + 1, offset, length);
  }

  #writeKeys(): Uint8Array {
    const words = new WordWriter();
    for (const { number: parent, children } of nodesOf(this.#tree.root)) {
      for (const [name, child] of children) {
        const { offset, length } = this.#texts.add(name);
        words.add(parent, offset, length, child.number);
      }
    }
    return words.finish();
  }

  #writeFields(): { readonly fields: Uint8Array; readonly affixes: Uint8Array } {
    const fields = new WordWriter();
    const affixes = new WordWriter();
    for (let field = 0; field < this.#tree.fieldCount; field++) {
      const lookups = this.#fieldLookups(field);
      fields.add(lookups.leadAnywhere ? 1 : 0, lookups.hasLeadingLiteral ? 1 : 0);
      this.#writeGroup(fields, affixes, groupAffixes(lookups.prefixes.values(), 'prefix'), 'prefix');
      this.#writeGroup(fields, affixes, groupAffixes(lookups.suffixes.values(), 'suffix'), 'suffix');
      fields.skip(layout.FIELD_NODE - layout.FIELD_LITERAL_LENGTHS);
      fields.add(this.#tree.node(field).number);
      fields.skip(layout.FIELD_BYTES - layout.FIELD_NODE - 4);
    }
    return { fields: fields.finish(), affixes: affixes.finish() };
  }

  #writeGroup(fields: WordWriter, affixes: WordWriter, group: AffixGroup, kind: 'prefix' | 'suffix'): void {
    const [first] = group.sorted;
    const start = first === undefined ? 0 : this.#texts.add(first.affix.text).offset;
    const skipped = first === undefined || kind === 'prefix' ? 0 : first.byteLength - group.commonLength;
    const tableStart = affixes.length;
    for (const affix of group.sorted) this.#writeAffix(affixes, affix);
    const filterStart = affixes.length;
    for (const word of group.filter.bits) affixes.add(word);
    fields.add(tableStart, group.sorted.length, start + skipped, group.commonLength, group.minLength);
    fields.add(filterStart, group.filter.wordAt, group.filter.shift);
  }

  #writeAffix(words: WordWriter, { affix, byteLength, shorter }: SortedAffix): void {
    const { offset } = this.#texts.add(affix.text);
    words.add(offset, byteLength, shorter, this.#writeList(affix.patterns), affix.patterns.length);
  }

  #writeLiterals(): Uint8Array {
    const words = new WordWriter();
    for (const { field, text, patterns } of this.#literals) {
      const { offset, length } = this.#texts.append(text);
      words.word(field);
      words.word(offset);
      words.word(length);
      words.word(this.#writeList(patterns));
      words.word(patterns.length);
    }
    return words.finish();
  }

  #writeList(patterns: readonly number[]): number {
    const start = this.#lists.length;
    for (const pattern of patterns) this.#writeRow(this.#lists, pattern);
    return start;
  }
}

function pathsOf(decision: Decision): readonly FieldPath[] {
  if ('operands' in decision) return decision.operands.flatMap(pathsOf);
  return 'path' in decision ? [decision.path] : [];
}
