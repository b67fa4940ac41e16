import { formatDuration } from '@trailbell/core/rule';
import type { Terminal } from '../terminal/terminal.ts';
import type { FoundQueues } from './find-queues.ts';
import type { TakenMessage } from './take-messages.ts';
import type { Retelling } from './tell-alarm-again.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** How old something is, to the minute: `2h5m`. */
export function ageInWords(sentAtMs: number, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - sentAtMs);
  return formatDuration(
    ageMs < MINUTE_MS ? Math.floor(ageMs / SECOND_MS) * SECOND_MS : Math.floor(ageMs / MINUTE_MS) * MINUTE_MS,
  );
}

/** What waits to be tried again, and what was given up. */
export function printBatches(
  terminal: Terminal,
  { failedBatches, givenUpBatches }: FoundQueues,
  oldest: TakenMessage | undefined,
  nowMs: number,
): void {
  const waiting = failedBatches.reduce((sum, { visible, notVisible }) => sum + visible + notVisible, 0);
  terminal.line(`${batches(waiting, 'failed ')} waiting: the matcher gets them again by itself`);
  const givenUp = givenUpBatches?.visible ?? 0;
  const age = oldest === undefined ? '' : `, the oldest ${ageInWords(oldest.sentAtMs, nowMs)} old`;
  terminal.line(`${batches(givenUp)} given up${age}`);
  if (givenUp > 0) {
    terminal.line(
      '  records of more than six hours ago are counted no more: `trailbell replay` says what they would have rung',
    );
  }
}

export function retellingInWords(retelling: Retelling): string {
  switch (retelling.kind) {
    case 'told-again':
      return 'its present state is told again, within two minutes';
    case 'told-already':
      return 'it owes a notification as it is, which is sent within two minutes';
    case 'closes':
      return 'it has long been over: its OK is told again, within two minutes';
    case 'nothing-to-tell':
      return 'it is over, and no incident was left open: nothing to tell';
    case 'kept':
      return `left in the queue: ${retelling.why}`;
  }
}

function batches(count: number, which = ''): string {
  return `${count.toLocaleString('en-US')} ${which}${count === 1 ? 'batch' : 'batches'}`;
}
