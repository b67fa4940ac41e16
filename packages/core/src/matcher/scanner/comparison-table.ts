import type { FieldTree } from './field-tree.ts';
import type { FieldLookups } from './field-lookups.ts';
import type { ImageTexts } from './image-texts.ts';
import type { Decision, Question } from './decision.ts';
import * as layout from './assembly/layout.ts';
import { pathKey } from '../plan/atom.ts';
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

export interface ImageFields {
  readonly tree: FieldTree;
  readonly texts: ImageTexts;
  lookups(field: number): FieldLookups;
  nextLiteralNumber(): number;
}

/** Every comparison once, however many patterns make it, and the decisions of patterns as steps over them. */
export class ComparisonTable {
  readonly comparisons = new WordWriter();
  readonly instructions = new WordWriter();
  readonly #fields: ImageFields;
  readonly #known = new Map<string, number>();

  constructor(fields: ImageFields) {
    this.#fields = fields;
  }

  get count(): number {
    return this.#known.size;
  }

  /** Writes the steps of a decision from its end; returns the first. */
  decide(decision: Decision, ifTrue: number = layout.ACCEPT, ifFalse: number = layout.REJECT): number {
    switch (decision.kind) {
      case 'question':
        return this.#ask(this.#comparison(decision.question), ifTrue, ifFalse);
      case 'and':
        return decision.operands.reduceRight((next, operand) => this.decide(operand, next, ifFalse), ifTrue);
      case 'or':
        return decision.operands.reduceRight((next, operand) => this.decide(operand, ifTrue, next), ifFalse);
    }
  }

  #ask(comparison: number, ifTrue: number, ifFalse: number): number {
    const step = this.instructions.length / layout.INSTRUCTION_BYTES;
    this.instructions.word(comparison);
    this.instructions.word(ifTrue);
    this.instructions.word(ifFalse);
    return step;
  }

  #comparison(question: Question): number {
    const key = keyOf(question);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const added = this.#known.size;
    this.#known.set(key, added);
    this.#write(question);
    return added;
  }

  #write(question: Question): void {
    const { comparisons } = this;
    comparisons.word(KINDS[question.kind]);
    const field = 'path' in question ? this.#fields.tree.field(question.path) : 0;
    comparisons.word(field);
    switch (question.kind) {
      case 'equals':
      case 'not-equals':
        this.#writeRest(this.#literal(field, question.text), 0);
        break;
      case 'range':
      case 'not-range':
        this.#writeRest(
          question.text === undefined ? 0 : this.#literal(field, question.text) + 1,
          0,
          question.low,
          question.high,
        );
        break;
      case 'message-with':
      case 'message-without': {
        const plain = this.#fields.texts.add(question.text);
        const escaped = this.#fields.texts.add(question.text.replaceAll(/["\\]/g, '\\$&'));
        comparisons.word(plain.offset);
        comparisons.word(plain.length);
        comparisons.word(escaped.offset);
        comparisons.word(escaped.length);
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

  #writeRest(a: number, b: number, low = 0, high = 0): void {
    this.comparisons.word(a);
    this.comparisons.word(b);
    this.comparisons.double(low);
    this.comparisons.double(high);
  }

  #literal(field: number, text: string): number {
    return this.#fields.lookups(field).literal(text, () => this.#fields.nextLiteralNumber()).number;
  }
}

function keyOf(question: Question): string {
  const { kind } = question;
  const path = 'path' in question ? pathKey(question.path) : '';
  const text = 'text' in question ? question.text : undefined;
  const key = text === undefined ? `${kind}\0\0${path}` : `${kind}\0\0${path}\0\0${text}`;
  return kind === 'range' || kind === 'not-range' ? `${question.low} ${question.high} ${key}` : key;
}
