import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const BENCH_NAMES = [
  'matcher',
  'alarms',
  'backtest',
  'cold-start',
  'prefilter',
  'regex',
  'rules',
  'tune',
] as const;
export type BenchName = (typeof BENCH_NAMES)[number];

export const USAGE = `usage: npm run bench -- [${BENCH_NAMES.join('|')}] [--quick]

  --quick          less of everything, for a first look
  --events FILE    matcher: take records from JSON lines, plain or gzip, in place of generated ones
                   prefilter: such records too, besides the sample day's
  --copies NUMBER  backtest: over an archive of so many times 0.2 GB
`;

/** The options of some benches alone. */
const OWN_OPTIONS: Readonly<Record<'events' | 'copies', readonly BenchName[]>> = {
  events: ['matcher', 'prefilter'],
  copies: ['backtest'],
};

export interface BenchOptions {
  readonly isQuick: boolean;
  readonly eventsFile: string | undefined;
  readonly rounds: number;
  readonly peerRounds: number;
  readonly coldStarts: number;
  /** Of the archive's 40,000 records. */
  readonly archiveShare: number;
}

/** What the command line asks for: a bench, how it is used, or something that is not understood. */
export type Asked =
  | { readonly kind: 'bench'; readonly name: BenchName }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong use'; readonly why: string };

/** Says which bench the command line asks for: the matcher unless another is named. */
export function readAsked(): Asked {
  let parsed: ReturnType<typeof parseCommandLine>;
  try {
    parsed = parseCommandLine();
  } catch (error) {
    return { kind: 'wrong use', why: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'help' };
  const [named = 'matcher', ...others] = positionals;
  const name = BENCH_NAMES.find((known) => known === named);
  if (name === undefined) return { kind: 'wrong use', why: `there is no bench ${named}` };
  if (others.length > 0) return { kind: 'wrong use', why: `name one bench, not ${positionals.join(' and ')}` };
  for (const option of ['events', 'copies'] as const) {
    const owners = OWN_OPTIONS[option];
    if (values[option] !== undefined && !owners.includes(name))
      return { kind: 'wrong use', why: `--${option} is an option of ${owners.join(' and ')}` };
  }
  if (values.events !== undefined && !existsSync(values.events))
    return { kind: 'wrong use', why: `there is no file ${values.events}` };
  return { kind: 'bench', name };
}

/** The options of the matcher's bench, which others share. */
export function readOptions(): BenchOptions {
  const { values } = parseCommandLine();
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

function parseCommandLine() {
  return parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      events: { type: 'string' },
      copies: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}
