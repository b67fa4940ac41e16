/** What a function is told by its environment: names only, never a secret. */
export interface Environment {
  readonly alarmTableName: string;
  readonly idempotencyTableName: string;
  readonly topicArn: string;
  /** The log group that the matcher reads, for links into Logs Insights. */
  readonly logGroupName: string;
  /** Begins every AlarmName; may be empty. */
  readonly alarmNamePrefix: string;
  /** Ends every AlarmName: app, stage, account and region. */
  readonly deploymentName: string;
  /** The folder of the bundle, where the compiled rules lie. `sst dev` does not name it, and starts the process there. */
  readonly taskRoot: string;
}

const VARIABLES = {
  alarmTableName: 'TRAILBELL_ALARM_TABLE',
  idempotencyTableName: 'TRAILBELL_IDEMPOTENCY_TABLE',
  topicArn: 'TRAILBELL_TOPIC_ARN',
  logGroupName: 'TRAILBELL_LOG_GROUP',
  alarmNamePrefix: 'TRAILBELL_ALARM_NAME_PREFIX',
  deploymentName: 'TRAILBELL_DEPLOYMENT',
} as const satisfies Record<Exclude<keyof Environment, 'taskRoot'>, string>;

/** Throws, naming every variable that is missing: a function that is deployed wrongly must fail at its start. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const missing = Object.values(VARIABLES).filter((name) => variables[name] === undefined);
  if (missing.length > 0) throw new Error(`the environment lacks ${missing.join(', ')}`);
  const of = (field: keyof typeof VARIABLES) => variables[VARIABLES[field]] ?? '';
  return {
    alarmTableName: of('alarmTableName'),
    idempotencyTableName: of('idempotencyTableName'),
    topicArn: of('topicArn'),
    logGroupName: of('logGroupName'),
    alarmNamePrefix: of('alarmNamePrefix'),
    deploymentName: of('deploymentName'),
    taskRoot: variables.LAMBDA_TASK_ROOT ?? '.',
  };
}
