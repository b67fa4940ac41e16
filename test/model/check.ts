import fc from 'fast-check';
import { ExpiringMemoryStore, type ExpiringStore } from './expiring-memory-store.ts';
import { tell } from './history.ts';
import { CLAIMS, judge, type Claim, type Violation } from './judge.ts';
import { plans, WHOLE_WORLD, type Plan, type World } from './plan.ts';
import { runPlan } from './run-plan.ts';

export interface CheckOptions {
  readonly seed: number;
  readonly runs: number;
  readonly world?: World;
  /** All of them unless given. */
  readonly claims?: readonly Claim[];
  readonly store?: () => ExpiringStore;
  /** False where a failure is expected, and its smallest plan of no interest. */
  readonly shrinks?: boolean;
  /** Bounds the runs, and what is spent on making a failing plan small. */
  readonly withinMs?: number;
}

export interface Failure {
  readonly plan: Plan;
  readonly violations: readonly Violation[];
  /** The plan, its trace and what is wrong with it, for people. */
  readonly text: string;
}

export interface CheckResult {
  readonly runs: number;
  readonly failure: Failure | undefined;
}

/** Runs one plan and judges it. */
export async function tryPlan(plan: Plan, { store, claims = CLAIMS }: Pick<CheckOptions, 'store' | 'claims'> = {}) {
  const history = await runPlan(plan, store === undefined ? new ExpiringMemoryStore() : store());
  return { history, violations: judge(plan, history, claims) };
}

/** Runs random plans. A failing one is made as small as it goes: fast-check takes events, faults and deploys out of it. */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { seed, runs, world = WHOLE_WORLD, shrinks = true, withinMs = 60_000 } = options;
  const property = fc.asyncProperty(plans(world), async (plan) => {
    const { violations } = await tryPlan(plan, options);
    if (violations.length > 0) throw new Error(describe(violations));
  });
  const result = await fc.check(property, {
    seed,
    numRuns: runs,
    endOnFailure: !shrinks,
    interruptAfterTimeLimit: withinMs,
  });
  const plan = result.counterexample?.[0];
  if (plan === undefined) return { runs: result.numRuns, failure: undefined };
  return { runs: result.numRuns, failure: await failureOf(plan, seed, options) };
}

async function failureOf(plan: Plan, seed: number, options: CheckOptions): Promise<Failure> {
  const { history, violations } = await tryPlan(plan, options);
  const text = [`seed ${seed}: ${describe(violations)}`, JSON.stringify(plan), tell(history)].join('\n');
  return { plan, violations, text };
}

function describe(violations: readonly Violation[]): string {
  return violations.map(({ claim, alarm, detail }) => `${alarm}, ${claim}: ${detail}`).join('; ');
}
