import { randomUUID } from 'node:crypto';
import type { AwsRefusal } from '../aws-api/aws-refusal.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** XML that is ready to be written: its text is escaped. */
export type Xml = readonly string[];

/** One element around text, which is escaped, or around other elements. */
export function element(name: string, content: string | Xml): Xml {
  const inner = typeof content === 'string' ? content.replace(/[&<>"\r]/g, (c) => ESCAPES[c] ?? c) : content.join('');
  return [`<${name}>${inner}</${name}>`];
}

/** A map as SNS writes it: `<Attributes><entry><key/><value/></entry>...</Attributes>`. */
export function mapElement(name: string, entries: Iterable<readonly [string, string]>): Xml {
  return element(
    name,
    [...entries].flatMap(([key, value]) => element('entry', [...element('key', key), ...element('value', value)])),
  );
}

/** The answer to an action that succeeded. */
export function successResponse(action: string, result: Xml): string {
  return envelope(`${action}Response`, [...element(`${action}Result`, result), ...metadata()]);
}

/** The answer to a request that was refused. */
export function errorResponse(error: AwsRefusal): string {
  const fault = element('Error', [
    ...element('Type', error.status < 500 ? 'Sender' : 'Receiver'),
    ...element('Code', error.code),
    ...element('Message', error.message),
  ]);
  return envelope('ErrorResponse', [...fault, ...element('RequestId', randomUUID())]);
}

function metadata(): Xml {
  return element('ResponseMetadata', element('RequestId', randomUUID()));
}

function envelope(name: string, content: Xml): string {
  return `<${name} xmlns="${NAMESPACE}">${content.join('')}</${name}>`;
}
