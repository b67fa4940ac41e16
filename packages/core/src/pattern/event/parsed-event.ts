import { type EventNumber, readEventNumber } from './number-text.ts';
import { isJsonObject } from '../../json/index.ts';
import { spellNumbers } from './spell-numbers.ts';

/**
 * A log event's message, parsed at most once however many patterns look at it.
 *
 * `const event = parseEvent(message); rules.filter((rule) => rule.matchesEvent(event))`
 */
export interface ParsedEvent {
  readonly message: string;
  /** The JSON object that the message is; undefined if it is anything else. Read own properties only. */
  readonly root: Readonly<Record<string, unknown>> | undefined;
  /** The same object with each number replaced by its spelling in the message. Costs a second parse. */
  readonly spelledRoot: Readonly<Record<string, unknown>> | undefined;
  /** Reads a number that `spelledRoot` spells, once: its digits may be the whole message. */
  readNumber(spelling: string): EventNumber;
}

/** Wraps a message; nothing is parsed until a pattern asks. Never throws. */
export function parseEvent(message: string): ParsedEvent {
  return new LazyEvent(message);
}

class LazyEvent implements ParsedEvent {
  readonly message: string;
  #isParsed = false;
  #root: Readonly<Record<string, unknown>> | undefined;
  #spelledRoot: Readonly<Record<string, unknown>> | undefined;

  readonly #numbers = new Map<string, EventNumber>();

  constructor(message: string) {
    this.message = message;
  }

  get root(): Readonly<Record<string, unknown>> | undefined {
    if (!this.#isParsed) {
      this.#root = parseObject(this.message);
      this.#isParsed = true;
    }
    return this.#root;
  }

  get spelledRoot(): Readonly<Record<string, unknown>> | undefined {
    if (this.#spelledRoot === undefined && this.root !== undefined) {
      this.#spelledRoot = parseObject(spellNumbers(this.message));
    }
    return this.#spelledRoot;
  }

  readNumber(spelling: string): EventNumber {
    const known = this.#numbers.get(spelling);
    if (known !== undefined) return known;
    const number = readEventNumber(spelling);
    this.#numbers.set(spelling, number);
    return number;
  }
}

/** Most messages that are not JSON do not begin with a brace: no error is thrown for those. */
function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^[ \t\r\n]*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
