import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Follower } from './follower.ts';

/** CloudWatch Logs shows an event a moment after it has taken it; what came late is asked for again. */
const OVERLAP_MS = 60_000;

/** Events that were seen, so that the overlap gives none twice. */
const MAX_SEEN = 100_000;

/**
 * New records of a log group, with the user's credentials: logs:FilterLogEvents, again and again.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export class LogGroupFollower implements Follower {
  readonly #client: CloudWatchLogsClient;
  readonly #logGroupName: string;
  #sinceMs: number;
  #seen = new Set<string>();

  constructor(logGroupName: string, sinceMs: number, client: CloudWatchLogsClient = new CloudWatchLogsClient()) {
    this.#client = client;
    this.#logGroupName = logGroupName;
    this.#sinceMs = sinceMs;
  }

  async next(): Promise<readonly string[]> {
    const records: string[] = [];
    const ids = new Set<string>();
    let latestMs = this.#sinceMs;
    const pages = paginateFilterLogEvents(
      { client: this.#client },
      { logGroupName: this.#logGroupName, startTime: this.#sinceMs - OVERLAP_MS },
    );
    for await (const { events = [] } of pages) {
      for (const { eventId, timestamp, message } of events) {
        if (message === undefined) continue;
        if (eventId !== undefined && (this.#seen.has(eventId) || ids.has(eventId))) continue;
        if (eventId !== undefined) ids.add(eventId);
        latestMs = Math.max(latestMs, timestamp ?? 0);
        records.push(message);
      }
    }
    // Not before all pages are there: what was given up on is asked for again.
    this.#sinceMs = latestMs;
    for (const id of ids) this.#seen.add(id);
    if (this.#seen.size > MAX_SEEN) this.#seen = new Set([...this.#seen].slice(-MAX_SEEN / 2));
    return records;
  }
}
