/** `npm run bench [-- WHAT]`: the matcher unless something else is named. `npm run bench -- --help` says what there is. */
import { readAsked, USAGE, type BenchName } from './options.ts';

const BENCHES: Readonly<Record<BenchName, () => Promise<unknown>>> = {
  matcher: () => import('./bench.ts'),
  alarms: () => import('./alarms/alarms-bench.ts'),
  backtest: () => import('./backtest/backtest-bench.ts'),
  'cold-start': () => import('./cold-start/cold-start-bench.ts'),
  prefilter: () => import('./prefilter/prefilter-bench.ts'),
  regex: () => import('./patterns/regex-bench.ts'),
  rules: () => import('./rules/rules-bench.ts'),
  tune: () => import('./tune/tune-bench.ts'),
};

const asked = readAsked();
switch (asked.kind) {
  case 'bench':
    await BENCHES[asked.name]();
    break;
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'wrong use':
    process.stderr.write(`${asked.why}\n${USAGE}`);
    process.exitCode = 2;
}
