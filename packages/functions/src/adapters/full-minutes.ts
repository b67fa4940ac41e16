/** Alarms remembered at most: a warm process lives for hours, and old minutes fill no more. */
const MAX_REMEMBERED = 10_000;

/** The minutes of alarms that this process has found full: it does not try to write to them again. */
export class FullMinutes {
  readonly #minutes = new Set<string>();

  has(alarmKey: string, minute: number): boolean {
    return this.#minutes.has(`${minute}/${alarmKey}`);
  }

  add(alarmKey: string, minute: number): void {
    if (this.#minutes.size >= MAX_REMEMBERED) this.#minutes.clear();
    this.#minutes.add(`${minute}/${alarmKey}`);
  }
}
