import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { whyUnreadable } from '../input/input-files.ts';

interface Asked {
  /** Files to write into. */
  readonly report?: string;
  readonly junit?: string;
  /** Days, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly until?: string;
}

/** What of a backtest's options cannot be done, which is said before hours of work rather than after; undefined where nothing is. */
export function wrongUse({ report, junit, from, until }: Asked): string | undefined {
  if (from !== undefined && until !== undefined && from > until) return `--from ${from} is after --until ${until}`;
  for (const file of [report, junit]) {
    const why = file === undefined ? undefined : whyUnwritable(file);
    if (why !== undefined) return `${file ?? ''}: ${why}`;
  }
  return undefined;
}

function whyUnwritable(file: string): string | undefined {
  try {
    if (existsSync(file) && statSync(file).isDirectory()) return 'expected a file to write into, and this is a folder';
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    return undefined;
  } catch (error) {
    return whyUnreadable(error);
  }
}
