import type { Backtest } from '@trailbell/core/config';
import type { Deployment } from './deployment.ts';
import { trusted } from './trust.ts';

interface Parts {
  readonly work: sst.aws.Bucket;
  readonly scanner: sst.aws.Function;
  readonly settings: Backtest;
}

/**
 * The state machine that a plan's index is given to: a distributed map, which starts an execution of its own for each line. SST's own map
 * has no reader. Its name is the work bucket's, so that whoever knows the one knows the other.
 */
export function createBacktestMachine(deployment: Deployment, { work, scanner, settings }: Parts) {
  const { prefix, region, partition, accountId, arnOf } = deployment;
  const role = new aws.iam.Role('BacktestMachineRole', {
    name: `${prefix}-${region}-backtest`,
    // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
    assumeRolePolicy: trusted('states', [
      { test: 'StringEquals', variable: 'aws:SourceAccount', values: [accountId] },
      { test: 'ArnLike', variable: 'aws:SourceArn', values: [arnOf('states', 'stateMachine:*')] },
    ]),
    inlinePolicies: [
      {
        name: 'run-shards',
        policy: aws.iam.getPolicyDocumentOutput({
          statements: [
            { actions: ['lambda:InvokeFunction'], resources: [scanner.arn] },
            { actions: ['s3:GetObject'], resources: [$interpolate`${work.arn}/*/plan.jsonl`] },
            // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
            {
              actions: ['states:StartExecution'],
              resources: [arnOf('states', $interpolate`stateMachine:${work.name}`)],
            },
            {
              actions: ['states:DescribeExecution', 'states:StopExecution'],
              resources: [arnOf('states', $interpolate`execution:${work.name}:*`)],
            },
            // https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
            {
              actions: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
              resources: [$interpolate`${work.arn}/*/results/*`],
            },
          ],
        }).json,
      },
    ],
  });
  const stateMachine = new aws.sfn.StateMachine('BacktestMachine', {
    name: work.name,
    type: 'STANDARD',
    roleArn: role.arn,
    definition: $jsonStringify(
      definitionOf({
        bucket: work.name,
        functionArn: scanner.arn,
        partition,
        maxConcurrency: settings.maxConcurrency,
      }),
    ),
    tags: { Name: prefix },
  });
  return { stateMachine };
}

interface DefinitionParts {
  readonly bucket: $util.Output<string>;
  readonly functionArn: $util.Output<string>;
  readonly partition: string;
  readonly maxConcurrency: number;
}

/** Trying again finds the same: the names of the errors are those of packages/cli/src/backtest/aws. */
const FINAL_ERRORS = ['BadShard', 'OtherRules', 'ShardTooSlow'];

/** https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html */
const PASSING_ERRORS = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

/**
 * In Amazon States Language. Its input names the plan's index and where the results of the executions go, which together are more than a
 * state may hold: `{"plan": "FOLDER/plan.jsonl", "results": "FOLDER/results"}`. One shard that fails for good ends all; what was done is
 * kept, and the same input goes on from there.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
function definitionOf({ bucket, functionArn, partition, maxConcurrency }: DefinitionParts) {
  const integration = (name: string) => `arn:${partition}:states:::${name}`;
  return {
    Comment: 'Scans the shards of a backtest',
    StartAt: 'ScanShards',
    States: {
      ScanShards: {
        Type: 'Map',
        Label: 'Shards',
        // https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
        ItemReader: {
          Resource: integration('s3:getObject'),
          ReaderConfig: { InputType: 'JSONL' },
          Parameters: { Bucket: bucket, 'Key.$': '$.plan' },
        },
        MaxConcurrency: maxConcurrency,
        ToleratedFailurePercentage: 0,
        ItemProcessor: {
          // Executions of the other kind end after five minutes.
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'ScanShard',
          States: {
            ScanShard: {
              Type: 'Task',
              Resource: integration('lambda:invoke'),
              Parameters: { FunctionName: functionArn, 'Payload.$': '$' },
              ResultSelector: {
                'isDone.$': '$.Payload.isDone',
                'files.$': '$.Payload.files',
                'filesLeft.$': '$.Payload.filesLeft',
              },
              ResultPath: '$.progress',
              // A little longer than a run may take.
              TimeoutSeconds: 960,
              Retry: [
                { ErrorEquals: FINAL_ERRORS, MaxAttempts: 0 },
                {
                  ErrorEquals: PASSING_ERRORS,
                  IntervalSeconds: 2,
                  BackoffRate: 2,
                  MaxDelaySeconds: 120,
                  MaxAttempts: 12,
                  JitterStrategy: 'FULL',
                },
                {
                  ErrorEquals: ['States.ALL'],
                  IntervalSeconds: 10,
                  BackoffRate: 3,
                  MaxAttempts: 3,
                  JitterStrategy: 'FULL',
                },
              ],
              Next: 'IsShardDone',
            },
            // A run whose time is up is no error: the next one goes on, as often as it takes.
            IsShardDone: {
              Type: 'Choice',
              Choices: [{ Variable: '$.progress.isDone', BooleanEquals: true, Next: 'ShardDone' }],
              Default: 'ScanShard',
            },
            ShardDone: { Type: 'Succeed' },
          },
        },
        ResultWriter: {
          Resource: integration('s3:putObject'),
          Parameters: { Bucket: bucket, 'Prefix.$': '$.results' },
        },
        End: true,
      },
    },
  };
}
