import { type MessageAttributes, attributesSizeBytes, parseMessageAttributes } from './message-attributes.ts';
import type { Query } from './query.ts';
import { invalidParameter } from './sns-refusals.ts';

/** One message that a publisher handed over and SNS found fit to deliver. */
export interface Publication {
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** Message and attributes together. */
  readonly sizeBytes: number;
  /** The text for a protocol; the same for all unless MessageStructure was `json`. */
  readonly messageFor: (protocol: string) => string;
}

const CONTROL_CHARACTERS = /\p{Cc}/u;

/**
 * Reads and checks the parameters that Publish and each entry of PublishBatch share. Throws what SNS refuses.
 *
 * The subject may be 100 characters long: the API page says fewer than 100, but CloudWatch fills all 100.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function parsePublication(query: Query, maximumSizeBytes: number): Publication {
  const message = query.get('Message') ?? '';
  if (message === '') throw invalidParameter('Empty message');
  const subject = query.get('Subject');
  if (subject !== undefined && !isValidSubject(subject)) throw invalidParameter('Subject');
  const attributes = parseMessageAttributes(query);
  const sizeBytes = Buffer.byteLength(message) + attributesSizeBytes(attributes);
  if (sizeBytes > maximumSizeBytes) throw invalidParameter('Message too long');
  return { subject, attributes, sizeBytes, messageFor: messageByProtocol(message, query.get('MessageStructure')) };
}

function isValidSubject(subject: string): boolean {
  return subject.length > 0 && subject.length <= 100 && !CONTROL_CHARACTERS.test(subject);
}

function messageByProtocol(message: string, structure: string | undefined): Publication['messageFor'] {
  if (structure === undefined) return () => message;
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const texts = parseTexts(message);
  const fallback = texts.get('default');
  if (fallback === undefined) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return (protocol) => texts.get(protocol) ?? fallback;
}

function parseTexts(message: string): ReadonlyMap<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof parsed !== 'object' || parsed === null)
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
