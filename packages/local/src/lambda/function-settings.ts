/** What a function is created with: the parts of Lambda's configuration that change how it behaves. */
import type { InvocationRecord } from './invocation.ts';

/** A function's configuration. Its `environment` carries the endpoints of the other stand-ins. */
export interface FunctionSettings {
  readonly functionName: string;
  /** The folder of the bundle: LAMBDA_TASK_ROOT. */
  readonly folder: string;
  /** `file.export`, such as `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Lambda's timeout, counted in real time: driven time stands still while an invocation runs. */
  readonly timeoutSeconds: number;
  /** Processes at most, each with one invocation at a time. */
  readonly reservedConcurrency: number;
  /** 0 to 2; 2 unless given. */
  readonly maximumRetryAttempts?: 0 | 1 | 2;
  /** How long an asynchronous event is kept; 60 to 21,600, which is the default. */
  readonly maximumEventAgeSeconds?: number;
  /** How often an asynchronous event is delivered; Lambda's queue promises at least once. 1 unless given. */
  readonly deliveriesPerEvent?: number;
  /** The on-failure destination. */
  readonly onFailure?: (record: InvocationRecord) => void | Promise<void>;
}

/** The account and region that ARNs name. */
export interface Location {
  readonly accountId: string;
  readonly region: string;
}

/** The ARN that Lambda gives a function of this name. */
export function functionArn(functionName: string, { accountId, region }: Location): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
}
