import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AlarmIdentity } from '@trailbell/core/alarm';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { renderNotification } from '@trailbell/core/notification';
import { DynamoDbAlarmStore } from './adapters/dynamodb-alarm-store.ts';
import { SnsPublisher } from './adapters/sns-publisher.ts';
import { AlarmRules, deploymentOf } from './alarms/alarm-rules.ts';
import type { SettleContext } from './alarms/settle.ts';
import { readDeployedRules } from './deployed-rules.ts';
import { readEnvironment, type Environment } from './environment.ts';

/** A request that takes longer than this is given up and tried again. */
const REQUEST_TIMEOUT_MS = 3_000;

/** What both functions are made of, put together once for each execution environment. */
export interface Pipeline {
  readonly environment: Environment;
  readonly rules: CompiledRules;
  readonly dynamoDb: DynamoDBClient;
  readonly settleContext: SettleContext;
  /** The alarms that ring when nothing happens. */
  readonly silentAlarms: readonly AlarmIdentity[];
}

/** Throws where the deployment is wrong: variables missing, rules missing or unreadable. */
export function openPipeline(variables: Readonly<Record<string, string | undefined>>): Pipeline {
  const environment = readEnvironment(variables);
  const rules = readDeployedRules(environment.taskRoot);
  const requestHandler = { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: 1_000 };
  const dynamoDb = new DynamoDBClient({ requestHandler });
  const alarmRules = new AlarmRules(rules, deploymentOf(environment.topicArn, environment.logGroupName), {
    prefix: environment.alarmNamePrefix,
    deployment: environment.deploymentName,
  });
  const publisher = new SnsPublisher(new SNSClient({ requestHandler }), environment.topicArn);
  return {
    environment,
    rules,
    dynamoDb,
    silentAlarms: alarmRules.silentAlarms(),
    settleContext: {
      store: new DynamoDbAlarmStore(DynamoDBDocumentClient.from(dynamoDb), environment.alarmTableName),
      publish: (owed, identity) => publisher.publish(renderNotification(alarmRules.notification(owed, identity))),
      ruleOf: (identity) => alarmRules.of(identity),
      rulesVersion: rules.version,
      nowMs: () => Date.now(),
    },
  };
}
