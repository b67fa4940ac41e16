import type { Deployment } from './deployment.ts';
import type { Statement } from './statement.ts';
import { trusted } from './trust.ts';

export interface PipelineFunctionSettings {
  /** `packages/functions/src/matcher.handler` */
  readonly handler: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  /** 512 where absent. */
  readonly memoryMegabytes?: number;
  /** For files; 512 where absent. */
  readonly storageMegabytes?: number;
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, $util.Input<string>>>;
  readonly permissions: readonly Statement[];
  /** Lies beside the bundle. */
  readonly rulesFile?: string;
  /** Of asynchronous invocations. */
  readonly retries: 0 | 1 | 2;
  readonly maximumEventAgeSeconds: number;
  readonly onFailure?: sst.aws.Queue;
  /** False where its role may not even log. */
  readonly logs?: false;
}

/**
 * A function whose role can do what is listed and nothing else. SST's own role lets the whole account assume it and log to any
 * group; neither is left.
 */
export function createPipelineFunction(
  name: string,
  { stage, prefix, arnOf }: Deployment,
  settings: PipelineFunctionSettings,
): sst.aws.Function {
  const functionName = `${prefix}-${name.toLowerCase()}`;
  const logs = settings.logs ?? true;
  const logGroup = logs
    ? new aws.cloudwatch.LogGroup(`${name}Logs`, {
        name: `/aws/lambda/${functionName}`,
        retentionInDays: stage.logRetentionDays,
      })
    : undefined;
  const { onFailure } = settings;

  return new sst.aws.Function(name, {
    name: functionName,
    handler: settings.handler,
    description: settings.description,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: `${settings.memoryMegabytes ?? 512} MB`,
    storage: `${settings.storageMegabytes ?? 512} MB`,
    timeout: `${settings.timeoutSeconds} seconds`,
    logging: logGroup === undefined ? false : { format: 'json', logGroup: logGroup.name },
    // A live function is one process on one laptop.
    ...(settings.reservedConcurrency !== undefined && {
      concurrency: { reserved: $dev ? 1 : settings.reservedConcurrency },
    }),
    nodejs: { minify: true },
    environment: { ...settings.environment },
    ...(settings.rulesFile !== undefined && { copyFiles: [{ from: settings.rulesFile, to: 'rules.json' }] }),
    permissions: [
      ...settings.permissions,
      ...(onFailure === undefined ? [] : [{ actions: ['sqs:SendMessage'], resources: [onFailure.arn] }]),
      ...(logGroup === undefined
        ? []
        : [
            {
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [arnOf('logs', $interpolate`log-group:${logGroup.name}:log-stream:*`)],
            },
          ]),
    ],
    retries: settings.retries,
    transform: {
      role: (args) => {
        args.assumeRolePolicy = trusted('lambda');
        args.managedPolicyArns = [];
        return undefined;
      },
      eventInvokeConfig: (args) => {
        args.maximumEventAgeInSeconds = settings.maximumEventAgeSeconds;
        if (onFailure !== undefined) args.destinationConfig = { onFailure: { destination: onFailure.arn } };
        return undefined;
      },
    },
  });
}
