import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly isQuick: boolean;
  readonly eventsFile: string | undefined;
  readonly rounds: number;
  readonly peerRounds: number;
  readonly coldStarts: number;
  /** Of the archive's 40,000 records. */
  readonly archiveShare: number;
}

/** `--quick` takes under a minute; `--events FILE` takes records from JSON Lines, plain or gzip, in place of generated ones. */
export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean' }, events: { type: 'string' } },
  });
  const isQuick = values.quick ?? false;
  return {
    isQuick,
    eventsFile: values.events,
    rounds: isQuick ? 21 : 101,
    peerRounds: isQuick ? 1 : 5,
    coldStarts: isQuick ? 9 : 25,
    archiveShare: isQuick ? 0.25 : 1,
  };
}
