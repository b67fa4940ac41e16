/** `Date` for a handler's process: it shows the driven clock's time, which stands still while an invocation runs. */

let nowMs = 0;

/** Sets the time that the process sees, epoch milliseconds. */
export function setNow(epochMs: number): void {
  nowMs = epochMs;
}

/**
 * Replaces the global `Date`. Only what asks for the present changes: `Date.now()`, `new Date()` and `Date()`. Everything else,
 * `instanceof`, subclasses, `parse` and `UTC` among it, is the engine's own. Timers and `performance` keep real time.
 */
export function installDrivenDate(): void {
  const driven = new Proxy(Date, {
    construct(target, args: unknown[], newTarget): object {
      return Reflect.construct(target, args.length === 0 ? [nowMs] : args, newTarget) as object;
    },
    apply(target): string {
      return new target(nowMs).toString();
    },
  });
  driven.now = () => nowMs;
  driven.prototype.constructor = driven;
  globalThis.Date = driven;
}
