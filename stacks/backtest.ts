import type { Backtest } from '@trailbell/core/config';
import { createBacktestMachine } from './backtest-machine.ts';
import type { Deployment } from './deployment.ts';
import { createPipelineFunction } from './pipeline-function.ts';
import type { Statement } from './statement.ts';

/** At which a function has one processor. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_PROCESSOR_MEGABYTES = 1769;

/**
 * Runs the shards of a plan that `trailbell backtest --plan s3://WORK_BUCKET/FOLDER/` wrote: a work bucket for plans and what their
 * shards come to, a function that scans one shard, and a state machine that gives it all shards of a plan. It shares nothing with the
 * pipeline.
 */
export function createBacktest(deployment: Deployment, settings: Backtest) {
  const work = createWorkBucket(settings);
  const scanner = createPipelineFunction('BacktestShard', deployment, {
    handler: 'packages/cli/src/backtest/aws/shard-function.handler',
    description: 'Scans one shard of a backtest',
    // As long as there is. https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
    timeoutSeconds: 900,
    memoryMegabytes: ONE_PROCESSOR_MEGABYTES,
    // An object that is neither an archive nor lines is copied before it is read, and several are read at once.
    storageMegabytes: 4096,
    reservedConcurrency: undefined,
    environment: { TRAILBELL_WORK_BUCKET: work.name },
    permissions: [...readArchives(deployment, settings), ...scanPlans(work)],
    // Only the state machine invokes it, and waits for the answer.
    retries: 0,
    maximumEventAgeSeconds: 60,
  });
  const { stateMachine } = createBacktestMachine(deployment, { work, scanner, settings });
  return {
    backtestWorkBucket: work.name,
    backtestStateMachine: stateMachine.arn,
    backtestRole: scanner.nodes.role.arn,
  };
}

/** Nothing in it is missed: a plan is made anew from the archive, and its shards are scanned again. */
function createWorkBucket({ workRetentionDays }: Backtest): sst.aws.Bucket {
  const work = new sst.aws.Bucket('BacktestWork', {
    cors: false,
    lifecycle: [{ expiresIn: `${workRetentionDays} days` }],
    transform: {
      bucket: (args, options) => {
        args.forceDestroy = true;
        options.retainOnDelete = false;
        return undefined;
      },
    },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration('BacktestWorkEncryption', {
    bucket: work.name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  });
  return work;
}

function readArchives(
  { partition, dnsSuffix }: Deployment,
  { archiveBuckets, archiveKeys }: Backtest,
): readonly Statement[] {
  return [
    {
      actions: ['s3:GetObject'],
      resources: archiveBuckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
    },
    ...(archiveKeys.length === 0
      ? []
      : [
          {
            actions: ['kms:Decrypt'],
            resources: [...archiveKeys],
            // Wherever the buckets lie.
            conditions: [{ test: 'StringLike', variable: 'kms:ViaService', values: [`s3.*.${dnsSuffix}`] }],
          },
        ]),
  ];
}

/** Of plans it reads the rules and the shards; it writes what they come to and nothing else. */
function scanPlans({ arn }: sst.aws.Bucket): readonly Statement[] {
  return [
    {
      actions: ['s3:GetObject'],
      resources: ['rules.json', 'shards/*', 'scans/*'].map((name) => $interpolate`${arn}/*/${name}`),
    },
    { actions: ['s3:PutObject'], resources: [$interpolate`${arn}/*/scans/*`] },
    {
      actions: ['s3:ListBucket'],
      resources: [arn],
      conditions: [{ test: 'StringLike', variable: 's3:prefix', values: ['*/scans/*'] }],
    },
  ];
}
