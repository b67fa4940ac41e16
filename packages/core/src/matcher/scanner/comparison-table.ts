import type { FieldTree } from './field-tree.ts';
import type { FieldLookups } from './field-lookups.ts';
import type { ImageTexts } from './image-texts.ts';
import type { Decision, Question } from '../plan/decision.ts';
import * as layout from './assembly/layout.ts';
import { WordWriter } from './word-writer.ts';

const KINDS = {
  may: layout.KIND_MAY,
  comparable: layout.KIND_COMPARABLE,
  equals: layout.KIND_EQUALS,
  'not-equals': layout.KIND_NOT_EQUALS,
  prefix: layout.KIND_PREFIX,
  'not-prefix': layout.KIND_NOT_PREFIX,
  suffix: layout.KIND_SUFFIX,
  'not-suffix': layout.KIND_NOT_SUFFIX,
  contains: layout.KIND_CONTAINS,
  'not-contains': layout.KIND_NOT_CONTAINS,
  range: layout.KIND_RANGE,
  'not-range': layout.KIND_NOT_RANGE,
  null: layout.KIND_NULL,
  true: layout.KIND_TRUE,
  false: layout.KIND_FALSE,
  absent: layout.KIND_ABSENT,
  present: layout.KIND_PRESENT,
  array: layout.KIND_ARRAY,
  container: layout.KIND_CONTAINER,
  'container-with': layout.KIND_CONTAINER_WITH,
  'message-with': layout.KIND_MESSAGE_WITH,
  'message-without': layout.KIND_MESSAGE_WITHOUT,
} as const satisfies Record<Question['kind'], number>;

const KIND_COUNT = Object.keys(KINDS).length;

export interface ImageFields {
  readonly tree: FieldTree;
  readonly texts: ImageTexts;
  lookups(field: number): FieldLookups;
}

/** Every comparison once, however many patterns make it, and the decisions of patterns as steps over them. */
export class ComparisonTable {
  readonly comparisons = new WordWriter();
  readonly instructions = new WordWriter();
  readonly #fields: ImageFields;
  /** By kind and field; within, by what they compare with. */
  readonly #known: (Map<string, number> | undefined)[] = [];
  #count = 0;

  constructor(fields: ImageFields) {
    this.#fields = fields;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Writes the steps of a decision from its end, but for the part that is proven; returns the first. Operands are asked in the order in
   * which the pattern has them.
   */
  decide(decision: Decision, proven: Decision | undefined): number {
    return this.#decide(decision, proven, layout.ACCEPT, layout.REJECT);
  }

  #decide(decision: Decision, proven: Decision | undefined, ifTrue: number, ifFalse: number): number {
    if (decision === proven) return ifTrue;
    if (!('operands' in decision)) return this.#ask(this.#comparison(decision), ifTrue, ifFalse);
    const isAnd = decision.kind === 'and';
    let next = isAnd ? ifTrue : ifFalse;
    for (let at = decision.operands.length - 1; at >= 0; at--) {
      const operand = decision.operands[at];
      if (operand === undefined) continue;
      next = isAnd ? this.#decide(operand, proven, next, ifFalse) : this.#decide(operand, proven, ifTrue, next);
    }
    return next;
  }

  #ask(comparison: number, ifTrue: number, ifFalse: number): number {
    const step = this.instructions.length / layout.INSTRUCTION_BYTES;
    this.instructions.word(comparison);
    this.instructions.word(ifTrue);
    this.instructions.word(ifFalse);
    return step;
  }

  #comparison(question: Question): number {
    const field = 'path' in question ? this.#fields.tree.field(question.path) : 0;
    if (question.kind === 'equals') return this.#equality(question, field, question.text);
    const group = field * KIND_COUNT + KINDS[question.kind];
    const known = this.#known[group] ?? new Map<string, number>();
    this.#known[group] = known;
    const key = keyOf(question);
    const number = known.get(key);
    if (number !== undefined) return number;
    const added = this.#add(question, field);
    known.set(key, added);
    return added;
  }

  /** Nearly all comparisons are equalities, and those the literals tell apart. */
  #equality(question: Question, field: number, text: string): number {
    const literal = this.#fields.lookups(field).literal(text);
    literal.comparison ??= this.#add(question, field);
    return literal.comparison;
  }

  #add(question: Question, field: number): number {
    const number = this.#count;
    this.#count += 1;
    this.comparisons.word(KINDS[question.kind] | (field << 8));
    this.comparisons.word(0);
    this.#write(question, field);
    return number;
  }

  #write(question: Question, field: number): void {
    const { comparisons } = this;
    switch (question.kind) {
      case 'equals':
      case 'not-equals':
        this.#writeRest(this.#literal(field, question.text), 0);
        break;
      case 'range':
      case 'not-range':
        comparisons.add(question.text === undefined ? 0 : this.#literal(field, question.text) + 1, 0);
        comparisons.double(question.low);
        comparisons.double(question.high);
        break;
      case 'message-with':
      case 'message-without': {
        const plain = this.#fields.texts.add(question.text);
        const escaped = this.#fields.texts.add(question.text.replaceAll(/["\\]/g, '\\$&'));
        comparisons.add(plain.offset, plain.length, escaped.offset, escaped.length);
        comparisons.double(0);
        break;
      }
      case 'prefix':
      case 'not-prefix':
      case 'suffix':
      case 'not-suffix':
      case 'contains':
      case 'not-contains':
      case 'container-with': {
        const { offset, length } = this.#fields.texts.add(question.text);
        this.#writeRest(offset, length);
        break;
      }
      case 'may':
      case 'comparable':
      case 'null':
      case 'true':
      case 'false':
      case 'absent':
      case 'present':
      case 'array':
      case 'container':
        this.#writeRest(0, 0);
        break;
    }
  }

  #writeRest(a: number, b: number): void {
    this.comparisons.word(a);
    this.comparisons.word(b);
    this.comparisons.skip(layout.COMPARISON_BYTES - layout.COMPARISON_LOW);
  }

  #literal(field: number, text: string): number {
    return this.#fields.lookups(field).literal(text).number;
  }
}

/** What a question compares with. */
function keyOf(question: Question): string {
  if (!('text' in question)) return '';
  return 'low' in question ? `${question.low} ${question.high} ${question.text ?? ''}` : question.text;
}
