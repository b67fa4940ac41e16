import type { Explanation } from '@trailbell/core/pattern';
import type { Message } from '../input/read-messages.ts';

export interface ExplainedMessage {
  readonly file: string;
  readonly message: Message;
  readonly explanation: Explanation;
}

/** Keeps the messages that say most about a pattern: the first that match and, for want of those, the nearest misses. */
export class Nearest {
  readonly #limit: number;
  readonly #kept: (ExplainedMessage & { readonly nearness: number })[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True where nothing that comes can be kept any more. */
  get isSettled(): boolean {
    return this.#kept.length === this.#limit && this.#kept.every(({ nearness }) => nearness === 1);
  }

  add(explained: ExplainedMessage): void {
    const nearness = nearnessOf(explained.explanation);
    const place = this.#kept.findIndex((kept) => kept.nearness < nearness);
    this.#kept.splice(place === -1 ? this.#kept.length : place, 0, { ...explained, nearness });
    if (this.#kept.length > this.#limit) this.#kept.pop();
  }

  /** The nearest first; of the same nearness, in the order of the input. */
  list(): readonly ExplainedMessage[] {
    return this.#kept;
  }
}

/** From 0 to 1, which is a match: how large a share of the parts hold, each level of the tree counting the parts below it. */
export function nearnessOf({ verdict, children }: Explanation): number {
  if (verdict === 'holds') return 1;
  const counted = children.filter((part) => part.verdict !== 'ignored');
  if (counted.length === 0) return 0;
  return counted.reduce((sum, part) => sum + nearnessOf(part), 0) / counted.length;
}
