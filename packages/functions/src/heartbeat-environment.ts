/** What the heartbeat function is told by its environment. */
export interface HeartbeatEnvironment {
  readonly logGroupName: string;
  /** A stream that is there already: the function may not make one. */
  readonly logStreamName: string;
  /** App, stage, account and region, as they end every AlarmName. */
  readonly deploymentName: string;
}

const VARIABLES = {
  logGroupName: 'TRAILBELL_LOG_GROUP',
  logStreamName: 'TRAILBELL_HEARTBEAT_STREAM',
  deploymentName: 'TRAILBELL_DEPLOYMENT',
} as const satisfies Record<keyof HeartbeatEnvironment, string>;

/** Throws, naming every variable that is missing. */
export function readHeartbeatEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): HeartbeatEnvironment {
  const missing = Object.values(VARIABLES).filter((name) => variables[name] === undefined);
  if (missing.length > 0) throw new Error(`the environment lacks ${missing.join(', ')}`);
  const of = (field: keyof HeartbeatEnvironment) => variables[VARIABLES[field]] ?? '';
  return {
    logGroupName: of('logGroupName'),
    logStreamName: of('logStreamName'),
    deploymentName: of('deploymentName'),
  };
}
