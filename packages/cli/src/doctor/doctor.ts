import { deploymentName } from '@trailbell/core/alarm';
import { partitionOf } from '@trailbell/core/cloudtrail';
import { diagnose, type Diagnosis, type Expected, type ExpectedRule } from '@trailbell/core/doctor';
import { heartbeatRule } from '@trailbell/core/heartbeat';
import type { Rule } from '@trailbell/core/rule';
import type { AwsClients } from '../deployed/aws-clients.ts';
import type { StageAtHand } from '../deployed/stage-at-hand.ts';
import { observe } from './observe.ts';

/** Looks at a stage's deployment and judges it. Reads only. */
export async function doctor(
  aws: AwsClients,
  { config, stage, prefix }: StageAtHand,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  rules: readonly Rule[],
  nowMs: number,
): Promise<readonly Diagnosis[]> {
  const named = [...Object.keys(config.accounts ?? {}), ...config.routes.flatMap(({ accounts = [] }) => accounts)];
  const own = deploymentName({ app: prefix.slice(0, -stage.name.length - 1), stage: stage.name, accountId, region });
  const expected: Expected = {
    stage,
    prefix,
    accountId,
    region,
    partition: partitionOf(region),
    routes: config.routes,
    rules: [...rules, ...(stage.heartbeat ? [heartbeatRule(own)] : [])].map(expectedRule),
    hasOtherAccounts: named.some((account) => account !== accountId),
    nowMs,
  };
  return diagnose(await observe(aws, expected), expected);
}

function expectedRule({ name, examples }: Rule): ExpectedRule {
  const matches = examples.matches.map(({ event }) => (typeof event === 'string' ? event : JSON.stringify(event)));
  return { name, matches };
}
