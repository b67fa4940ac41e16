/** What alarms cost: DynamoDB requests and capacity units of a batch, of reconciling many alarms, and of a storm. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MINUTE_MS, minuteOf, sampleId, type AlarmIdentity, type AlarmRule } from '@trailbell/core/alarm';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import { reconcile } from '@trailbell/functions/alarms/reconcile';
import { recordAndSettle } from '@trailbell/functions/alarms/record-and-settle';
import type { SettleContext } from '@trailbell/functions/alarms/settle';
import { createTables, startDynamoDb, type LocalDynamoDb } from '@trailbell/local';

const START_MS = Date.UTC(2026, 2, 11, 9, 0);
const OPEN_ALARMS = process.argv.includes('--quick') ? 500 : 10_000;

const rule: AlarmRule = {
  metric: {
    settings: {
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    constantValue: 1,
    defaultValue: undefined,
  },
  alarmName: 'bench',
  title: 'A bench',
  severity: 'warning',
  groupLimit: 1_000_000,
  routesOf: () => [],
  silenceAt: () => undefined,
  stateReason: ({ state }) => `Threshold Crossed: ${state}`,
};

interface Row {
  readonly what: string;
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly seconds: number;
}

function match(identity: AlarmIdentity, event: string, nowMs: number) {
  const minute = minuteOf(nowMs);
  const activities = [{ eventName: 'StopLogging', actor: { name: 'somebody' }, note: 'x'.repeat(700) }];
  return { identity, samples: [{ id: sampleId(event), value: 1, minute }], examples: [{ minute, activities }] };
}

async function measured(dynamoDb: LocalDynamoDb, what: string, work: () => Promise<unknown>): Promise<Row> {
  dynamoDb.usage.reset();
  const startedMs = performance.now();
  await work();
  const all = Object.entries(dynamoDb.usage.all());
  const isWrite = (operation: string) => /^(Update|Put|Delete)/.test(operation);
  const units = (writes: boolean) =>
    all.filter(([operation]) => isWrite(operation) === writes).reduce((sum, [, usage]) => sum + usage.capacityUnits, 0);
  return {
    what,
    requests: all.reduce((sum, [, usage]) => sum + usage.calls, 0),
    readUnits: units(false),
    writeUnits: units(true),
    seconds: (performance.now() - startedMs) / 1000,
  };
}

await using dynamoDb = await startDynamoDb();
const client = new DynamoDBClient(dynamoDb.clientConfig);
await createTables(client, { alarms: 'alarms', idempotency: 'idempotency' });
let nowMs = START_MS;
const context: SettleContext = {
  store: new DynamoDbAlarmStore(DynamoDBDocumentClient.from(client), 'alarms'),
  publish: () => Promise.resolve(),
  ruleOf: () => rule,
  rulesVersion: 1,
  nowMs: () => nowMs,
};
const one = { rule: 'one', group: [] };
const rows: Row[] = [];

rows.push(
  await measured(dynamoDb, 'a batch that opens an alarm', () => recordAndSettle([match(one, '0', nowMs)], context)),
);
nowMs += MINUTE_MS;
await recordAndSettle([match(one, '1', nowMs)], context);
rows.push(
  await measured(dynamoDb, 'a batch for an alarm that is on', () => recordAndSettle([match(one, '2', nowMs)], context)),
);
rows.push(await measured(dynamoDb, 'the same batch again', () => recordAndSettle([match(one, '2', nowMs)], context)));
rows.push(await measured(dynamoDb, 'a batch that matches nothing', () => recordAndSettle([], context)));

const reconcileNow = () =>
  reconcile(context, {
    silentAlarms: [],
    hasTime: () => true,
    onSettled: () => undefined,
    onFailure: (_alarm, error) => {
      throw error;
    },
  });
rows.push(await measured(dynamoDb, 'a reconciler with nothing to do', reconcileNow));
for (let done = 0; done < OPEN_ALARMS; done += 100) {
  const batch = Array.from({ length: 100 }, (_, i) =>
    match({ rule: `r${done + i}`, group: [] }, `e${done + i}`, nowMs),
  );
  await recordAndSettle(batch, context);
}
nowMs += 10 * MINUTE_MS;
rows.push(await measured(dynamoDb, `closing ${OPEN_ALARMS} open alarms`, reconcileNow));
client.destroy();

console.table(
  rows.map(({ what, requests, readUnits, writeUnits, seconds }) => ({
    what,
    requests,
    'read units': readUnits,
    'write units': writeUnits,
    seconds: seconds.toFixed(2),
  })),
);
console.log('Powertools Idempotency adds two requests to each batch that matches. The storm is in test/storm.test.ts.');
