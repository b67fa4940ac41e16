import * as z from 'zod';
import { fieldOf, parseJson } from '../json/index.ts';

/** A stretch of ALARM, in epoch milliseconds. */
export interface AlarmEpisode {
  readonly openedMs: number;
  /** Absent where its end is not known. */
  readonly resolvedMs?: number;
}

export interface AlarmHistory {
  /** By the alarm's name, in the order of time. */
  readonly episodes: ReadonlyMap<string, readonly AlarmEpisode[]>;
  /** Entries that could not be read. */
  readonly unreadable: number;
}

const ITEM = z.object({
  AlarmName: z.string(),
  Timestamp: z.union([z.string(), z.number()]),
  HistoryItemType: z.string(),
  HistoryData: z.string().nullish(),
  HistorySummary: z.string().nullish(),
});

const UPDATE = z.object({ newState: z.object({ stateValue: z.string() }) });

/**
 * Reads what `aws cloudwatch describe-alarm-history --history-item-type StateUpdate` prints; undefined where it is something
 * else. Any state but ALARM ends an episode, INSUFFICIENT_DATA too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export function readAlarmHistory(json: unknown): AlarmHistory | undefined {
  const items = fieldOf(json, 'AlarmHistoryItems');
  if (!Array.isArray(items)) return undefined;
  const updates: { readonly name: string; readonly atMs: number; readonly isAlarm: boolean }[] = [];
  let unreadable = 0;
  for (const entry of items as readonly unknown[]) {
    const item = ITEM.safeParse(entry);
    if (!item.success) {
      unreadable += 1;
      continue;
    }
    if (item.data.HistoryItemType !== 'StateUpdate') continue;
    const state = newStateOf(item.data);
    const { AlarmName: name, Timestamp: timestamp } = item.data;
    // The CLI prints ISO 8601 or, as its configuration may ask, epoch seconds.
    const atMs = typeof timestamp === 'number' ? timestamp * 1000 : Date.parse(timestamp);
    if (state === undefined || Number.isNaN(new Date(atMs).getTime())) unreadable += 1;
    else updates.push({ name, atMs, isAlarm: state === 'ALARM' });
  }
  const episodes = new Map<string, AlarmEpisode[]>();
  for (const { name, atMs, isAlarm } of updates.sort((a, b) => a.atMs - b.atMs)) {
    const ofAlarm = episodes.get(name) ?? [];
    episodes.set(name, ofAlarm);
    const open = ofAlarm.at(-1)?.resolvedMs === undefined ? ofAlarm.at(-1) : undefined;
    if (isAlarm && open === undefined) ofAlarm.push({ openedMs: atMs });
    else if (!isAlarm && open !== undefined) ofAlarm[ofAlarm.length - 1] = { ...open, resolvedMs: atMs };
  }
  return { episodes, unreadable };
}

function newStateOf({ HistoryData: data, HistorySummary: summary }: z.output<typeof ITEM>): string | undefined {
  const update = UPDATE.safeParse(parseJson(data ?? ''));
  // The summary says it too.
  return update.data?.newState.stateValue ?? /^Alarm updated from \w+ to (\w+)$/.exec(summary ?? '')?.[1];
}
