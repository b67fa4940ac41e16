/** The one clock of the local AWS: every stand-in reads it and waits on it, and whoever drives it lets a day pass in seconds. */

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock that moves only when it is driven.
 *
 * Work that takes part in simulated time is handed to {@link Clock.run}; inside it, {@link Clock.sleep} waits for simulated
 * time. The clock moves on to the next timer only when all such work is finished or asleep, so what a real machine would do
 * in an instant (an HTTP delivery, an invocation) is complete before the next moment begins.
 */
export class Clock {
  #nowMs: number;
  #timers: Timer[] = [];
  #order = 0;
  #awake = 0;
  #quiet: (() => void)[] = [];
  #failures: Error[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** Simulated time, epoch milliseconds. */
  nowMs(): number {
    return this.#nowMs;
  }

  /** Starts work that the clock must wait for. A rejection is kept and thrown by the next {@link Clock.settled}. */
  run(work: () => Promise<void>): void {
    this.#awake += 1;
    work()
      .catch((error: unknown) => this.#failures.push(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        this.#fallAsleep();
      });
  }

  /** Waits `durationMs` of simulated time; only inside {@link Clock.run}, and one wait at a time in each piece of work. */
  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.push({ atMs: this.#nowMs + Math.max(0, durationMs), order: this.#order++, wake: resolve });
      this.#fallAsleep();
    });
  }

  /** Resolves when no work is awake. Throws the first failure of any work since the last call. */
  async settled(): Promise<void> {
    if (this.#awake > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve));
    const [failure] = this.#failures.splice(0);
    if (failure !== undefined) throw failure;
  }

  /** When the next sleeper wakes, or undefined where nobody sleeps. */
  nextTimerMs(): number | undefined {
    return this.#timers.reduce<number | undefined>(
      (earliest, timer) => (earliest === undefined || timer.atMs < earliest ? timer.atMs : earliest),
      undefined,
    );
  }

  /** Moves to `targetMs` (never back), waking sleepers in order of their time and letting each finish first. */
  async advanceTo(targetMs: number): Promise<void> {
    await this.settled();
    for (;;) {
      const next = this.nextTimerMs();
      if (next === undefined || next > targetMs) break;
      this.#nowMs = Math.max(this.#nowMs, next);
      this.#wakeFirst(next);
      await this.settled();
    }
    this.#nowMs = Math.max(this.#nowMs, targetMs);
  }

  #wakeFirst(atMs: number): void {
    const due = this.#timers.filter((timer) => timer.atMs === atMs).sort((a, b) => a.order - b.order);
    const [first] = due;
    if (first === undefined) return;
    this.#timers = this.#timers.filter((timer) => timer !== first);
    this.#awake += 1;
    first.wake();
  }

  #fallAsleep(): void {
    this.#awake -= 1;
    if (this.#awake > 0) return;
    for (const resolve of this.#quiet.splice(0)) resolve();
  }
}
