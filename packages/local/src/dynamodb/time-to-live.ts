/**
 * Time to live, which dynalite lacks. AWS deletes expired items within a few days; here they are deleted when the test says so.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
import { isJsonObject, type JsonObject } from '@trailbell/core/json';
import { errorAnswer } from './dynamodb-request.ts';
import type { DynamoDbAnswer, DynamoDbRequest } from './dynamodb-request.ts';
import type { Engine } from './engine.ts';

/** Items that expired longer ago than this are taken for a mistake and stay. */
const OLDEST_EXPIRY_SECONDS = 5 * 365 * 86_400;

/** The expiry attribute of each table, and what it expires. */
export class TimeToLive {
  #engine: Engine;
  #attributes = new Map<string, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Answers UpdateTimeToLive and DescribeTimeToLive; undefined where the request is another. */
  async answer({ operation, tableNames, parameters }: DynamoDbRequest): Promise<DynamoDbAnswer | undefined> {
    if (operation !== 'UpdateTimeToLive' && operation !== 'DescribeTimeToLive') return undefined;
    const [tableName = ''] = tableNames;
    const description = await this.#engine.answer({ operation: 'DescribeTable', parameters: { TableName: tableName } });
    if (description.status !== 200) return description;
    return operation === 'UpdateTimeToLive' ? this.#update(tableName, parameters) : this.#describe(tableName);
  }

  /** Deletes what has expired as of `nowMs`, as DynamoDB would sooner or later; returns how many items. */
  async expire(nowMs: number): Promise<number> {
    const nowSeconds = Math.floor(nowMs / 1000);
    let deleted = 0;
    for (const [tableName, attribute] of this.#attributes) {
      const condition = {
        TableName: tableName,
        ExpressionAttributeNames: { '#expiry': attribute },
        ExpressionAttributeValues: {
          ':now': { N: String(nowSeconds) },
          ':oldest': { N: String(nowSeconds - OLDEST_EXPIRY_SECONDS) },
        },
      };
      const expired = '#expiry < :now AND #expiry > :oldest';
      for (const key of await this.#keysWhere({ ...condition, FilterExpression: expired })) {
        const deletion = { ...condition, Key: key, ConditionExpression: expired };
        const { status } = await this.#engine.answer({ operation: 'DeleteItem', parameters: deletion });
        if (status === 200) deleted += 1;
      }
    }
    return deleted;
  }

  async #keysWhere(scan: { readonly TableName: string } & JsonObject): Promise<readonly JsonObject[]> {
    const keyNames = await this.#keyNames(scan.TableName);
    const keys: JsonObject[] = [];
    let start: JsonObject = {};
    for (;;) {
      const { body } = await this.#engine.answer({ operation: 'Scan', parameters: { ...scan, ...start } });
      for (const item of objectsOf(body.Items)) {
        keys.push(Object.fromEntries(keyNames.map((name) => [name, item[name]])));
      }
      if (body.LastEvaluatedKey === undefined) return keys;
      start = { ExclusiveStartKey: body.LastEvaluatedKey };
    }
  }

  async #keyNames(tableName: string): Promise<readonly string[]> {
    const { body } = await this.#engine.answer({ operation: 'DescribeTable', parameters: { TableName: tableName } });
    const schema = isJsonObject(body.Table) ? objectsOf(body.Table.KeySchema) : [];
    return schema.map(({ AttributeName }) => String(AttributeName));
  }

  #update(tableName: string, { TimeToLiveSpecification: specification }: JsonObject): DynamoDbAnswer {
    if (!isJsonObject(specification) || typeof specification.AttributeName !== 'string') {
      return errorAnswer(400, 'ValidationException', 'TimeToLiveSpecification names no attribute');
    }
    const { AttributeName: attribute, Enabled: isEnabled } = specification;
    if (this.#attributes.has(tableName) === (isEnabled === true)) {
      return errorAnswer(
        400,
        'ValidationException',
        `TimeToLive is already ${isEnabled === true ? 'enabled' : 'disabled'}`,
      );
    }
    if (isEnabled === true) this.#attributes.set(tableName, attribute);
    else this.#attributes.delete(tableName);
    return { status: 200, body: { TimeToLiveSpecification: specification } };
  }

  #describe(tableName: string): DynamoDbAnswer {
    const attribute = this.#attributes.get(tableName);
    const description =
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute };
    return { status: 200, body: { TimeToLiveDescription: description } };
  }
}

function objectsOf(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
