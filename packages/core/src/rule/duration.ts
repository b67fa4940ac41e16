const MS_PER_UNIT = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `7m`, `1h30m`: whole numbers, each unit at most once, the larger first. */
export const DURATION_PATTERN = /^(?=\d)(?:(?<d>\d{1,6})d)?(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m)?(?:(?<s>\d{1,9})s)?$/;

/** Milliseconds in a duration such as `0s`, `7m` or `1h30m`; undefined where the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const units = DURATION_PATTERN.exec(text)?.groups;
  if (units === undefined) return undefined;
  return Object.entries(MS_PER_UNIT).reduce((sumMs, [unit, ms]) => sumMs + Number(units[unit] ?? 0) * ms, 0);
}

/** The shortest duration that `parseDuration` reads back as these milliseconds. Whole seconds, zero or more. */
export function formatDuration(durationMs: number): string {
  if (!Number.isSafeInteger(durationMs / 1000) || durationMs < 0) {
    throw new RangeError(`a duration is a whole number of seconds, zero or more, not ${durationMs} ms`);
  }
  let restMs = durationMs;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const count = Math.floor(restMs / MS_PER_UNIT[unit]);
    restMs -= count * MS_PER_UNIT[unit];
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
