/** dynalite as a function from request to answer. */
import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import { isJsonObject, type JsonObject } from '@trailbell/core/json';
import dynalite from 'dynalite';
import { teachConditionFailureItem } from './condition-failure-item.ts';
import type { DynamoDbAnswer, DynamoDbRequest } from './dynamodb-request.ts';

/** What dynalite insists on; it checks that a signature is there, not what it says. */
const SIGNED_HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
};

/** dynalite's database in memory. It never listens: requests reach it as calls, so that they can be stopped on either side. */
export class Engine {
  #dynalite: Server;

  constructor() {
    teachConditionFailureItem();
    this.#dynalite = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  }

  answer({ operation, parameters }: Pick<DynamoDbRequest, 'operation' | 'parameters'>): Promise<DynamoDbAnswer> {
    return new Promise((resolve) => {
      const incoming = Object.assign(Readable.from([Buffer.from(JSON.stringify(parameters))]), {
        method: 'POST',
        url: '/',
        headers: { ...SIGNED_HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      });
      const outgoing = {
        statusCode: 200,
        setHeader: () => undefined,
        end(body: string) {
          resolve({ status: outgoing.statusCode, body: jsonObjectOf(body) });
        },
      };
      this.#dynalite.emit('request', incoming, outgoing);
    });
  }
}

function jsonObjectOf(body: string): JsonObject {
  const value: unknown = JSON.parse(body);
  if (!isJsonObject(value)) throw new Error(`dynalite answered ${body}`);
  return value;
}
