import { members, type Query } from './query.ts';
import { AwsRefusal } from '../aws-api/aws-refusal.ts';

/** One message attribute as SNS keeps it; a Binary value stays base64. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
export interface MessageAttribute {
  readonly type: string;
  readonly value: string;
}

export type MessageAttributes = ReadonlyMap<string, MessageAttribute>;

const TYPE = /^(String|Number|Binary)(\..+)?$/;
const NAME = /^[A-Za-z0-9_.-]{1,256}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const RESERVED = /^(aws|amazon)\./i;

/** Reads and checks the MessageAttributes of a Publish, or of one entry of a PublishBatch. Throws what SNS refuses. */
export function parseMessageAttributes(query: Query): MessageAttributes {
  const attributes = new Map<string, MessageAttribute>();
  for (const entry of members(query, 'MessageAttributes.entry')) {
    const name = entry.get('Name') ?? '';
    checkName(name);
    attributes.set(name, parseValue(name, entry));
  }
  return attributes;
}

/** The bytes that the attributes take of the message's 256 KiB: names, types and values. */
export function attributesSizeBytes(attributes: MessageAttributes): number {
  let size = 0;
  for (const [name, { type, value }] of attributes) {
    const valueBytes = isBinary(type) ? Buffer.from(value, 'base64').byteLength : Buffer.byteLength(value);
    size += Buffer.byteLength(name) + Buffer.byteLength(type) + valueBytes;
  }
  return size;
}

function parseValue(name: string, entry: Query): MessageAttribute {
  const type = entry.get('Value.DataType') ?? '';
  if (type === '') throw refuse(`The message attribute '${name}' must contain non-empty message attribute type.`);
  if (!TYPE.test(type))
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const field = isBinary(type) ? 'Binary' : 'String';
  const value = entry.get(`Value.${field}Value`);
  const other = entry.get(`Value.${isBinary(type) ? 'String' : 'Binary'}Value`);
  if (value === undefined && other !== undefined)
    throw refuse(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  if (value === undefined || value === '')
    throw refuse(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  if (type.startsWith('Number') && !NUMBER.test(value))
    throw refuse(`Could not cast message attribute '${name}' value to number.`);
  return { type, value };
}

function checkName(name: string): void {
  if (name === '') throw refuse('The message attribute name must be non-empty.');
  if (name.length > 256) throw refuse('Length of message attribute name must be less than 256 bytes.');
  if (!NAME.test(name) || RESERVED.test(name) || name.startsWith('.') || name.endsWith('.') || name.includes('..'))
    throw refuse(`Invalid message attribute name: ${name}`);
}

function isBinary(type: string): boolean {
  return type.startsWith('Binary');
}

function refuse(message: string): AwsRefusal {
  return new AwsRefusal('ParameterValueInvalid', message);
}
