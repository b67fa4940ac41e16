/** The last moment of the year 9999: later ones have no four-digit year. */
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Epoch milliseconds in ISO 8601, UTC. What lies outside 1970 to 9999 is told as the nearest moment within. */
export function isoTime(ms: number): string {
  return new Date(Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), LATEST_MS)).toISOString();
}

/** Epoch milliseconds as in CloudWatch's alarm messages: `yyyy-MM-dd'T'HH:mm:ss.SSS+0000`. */
export function cloudWatchTime(ms: number): string {
  return isoTime(ms).replace('Z', '+0000');
}

/** Epoch milliseconds as in CloudWatch's state reasons: `dd/MM/yy HH:mm:ss`, UTC. */
export function reasonTime(ms: number): string {
  const iso = isoTime(ms);
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}
