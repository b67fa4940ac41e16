import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { element, mapElement, type Xml } from '../sns/xml.ts';
import type { ReceivedCall } from './aws-call.ts';
import type { AwsRefusal } from './aws-refusal.ts';

/** Writes the answer in the protocol of the call. Lists and maps are arrays and `Map`s; times are epoch seconds. */
export function writeAnswer(response: ServerResponse, { action, protocol }: ReceivedCall, answer: object): void {
  if (protocol !== 'query') {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    return;
  }
  const operation = action.split(':')[1] ?? '';
  const result = element(`${operation}Result`, members(answer));
  const metadata = element('ResponseMetadata', element('RequestId', randomUUID()));
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(element(`${operation}Response`, [...result, ...metadata]).join(''));
}

export function writeRefusal(
  response: ServerResponse,
  call: ReceivedCall,
  { code, message, status }: AwsRefusal,
): void {
  if (call.protocol === 'query') {
    const error = [...element('Type', 'Sender'), ...element('Code', code), ...element('Message', message)];
    const xml = element('ErrorResponse', [...element('Error', error), ...element('RequestId', randomUUID())]);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml.join(''));
    return;
  }
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code })
    .end(JSON.stringify({ __type: code, message }));
}

function members(answer: object): Xml {
  return Object.entries(answer).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined || value === null) return [];
    if (value instanceof Map) return mapElement(name, value as ReadonlyMap<string, string>);
    if (Array.isArray(value)) {
      return element(
        name,
        value.flatMap((each: unknown) => element('member', isObject(each) ? members(each) : String(each))),
      );
    }
    return element(name, isObject(value) ? members(value) : scalar(value));
  });
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
