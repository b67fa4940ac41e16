/** `npm run bench [-- WHAT]`: the matcher unless something else is named. Options are those of each (`--quick` for all). */
const BENCHES = {
  matcher: () => import('./bench.ts'),
  alarms: () => import('./alarms/alarms-bench.ts'),
  backtest: () => import('./backtest/backtest-bench.ts'),
  'cold-start': () => import('./cold-start/cold-start-bench.ts'),
  regex: () => import('./patterns/regex-bench.ts'),
  rules: () => import('./rules/rules-bench.ts'),
  tune: () => import('./tune/tune-bench.ts'),
} as const;

const [what = 'matcher'] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--') && argument in BENCHES);
await BENCHES[what as keyof typeof BENCHES]();
