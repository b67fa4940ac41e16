/**
 * Shows that the model can fail: takes one rule after the other out of the store and runs random plans until one is caught.
 * `node test/model/mutate.ts [seed]`; exits with 1 where a mutation survives, or where the code fails as it is.
 */
import { check } from './check.ts';
import { WORLD_FOR_NOW } from './known-failures.ts';
import { MUTATIONS } from './mutations.ts';

const MAX_RUNS = 20_000;
const MAX_MS = 180_000;

const seed = Number(process.argv[2] ?? 1);
let survivors = 0;

const report = (name: string, text: string) => {
  console.log(`${name.padEnd(72)} ${text}`);
};

const unchanged = await check({ seed, runs: 1_000, withinMs: MAX_MS, world: WORLD_FOR_NOW });
report('the code as it is', unchanged.failure === undefined ? `${unchanged.runs} runs without a failure` : 'FAILS');
if (unchanged.failure !== undefined) {
  console.log(unchanged.failure.text);
  process.exitCode = 1;
}

for (const { name, claims, world, store } of MUTATIONS) {
  const { runs, failure } = await check({
    seed,
    runs: MAX_RUNS,
    withinMs: MAX_MS,
    world,
    store,
    claims,
    shrinks: false,
  });
  if (failure === undefined) survivors += 1;
  const broken = new Set(failure?.violations.map(({ claim }) => claim));
  report(
    name,
    failure === undefined ? `SURVIVES ${runs} runs` : `caught after ${runs} runs: ${[...broken].join(', ')}`,
  );
}
if (survivors > 0) process.exitCode = 1;
