interface Entry {
  readonly atMs: number;
  readonly action: () => void | Promise<void>;
}

/** Lets everything that can run without time passing run to its end. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Time that moves from one event to the next, and only when everything is still. Two events of the same moment happen in the
 * order in which they were planned, so a run is a function of its plan.
 */
export class SimulatedTime {
  #nowMs: number;
  readonly #queue: Entry[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** When the next event happens; undefined where none is planned. */
  get nextMs(): number | undefined {
    return this.#queue[0]?.atMs;
  }

  at(atMs: number, action: Entry['action']): void {
    const later = this.#queue.findIndex((entry) => entry.atMs > atMs);
    this.#queue.splice(later < 0 ? this.#queue.length : later, 0, { atMs, action });
  }

  in(delayMs: number, action: Entry['action']): void {
    this.at(this.#nowMs + delayMs, action);
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.in(durationMs, resolve);
    });
  }

  /** Runs until nothing is planned. */
  async run(): Promise<void> {
    for (let entry = this.#queue.shift(); entry !== undefined; entry = this.#queue.shift()) {
      this.#nowMs = Math.max(this.#nowMs, entry.atMs);
      await entry.action();
      await settled();
    }
  }
}
