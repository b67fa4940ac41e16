import type { Query } from './query.ts';
import { mapEntries, required } from './query.ts';
import { invalidParameter, notFound } from './sns-refusals.ts';
import type { SignatureVersion } from './signing-certificate.ts';
import { element, mapElement, type Xml } from './xml.ts';

export interface Topic {
  readonly arn: string;
  readonly attributes: Map<string, string>;
}

const DEFAULT_MAXIMUM_SIZE_BYTES = 262_144;
const NAME = /^[A-Za-z0-9_-]{1,256}$/;

/** What each attribute may be. Those without an effect here (encryption, policy, tracing, feedback) are kept and given back. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  DisplayName: /^.{0,100}$/s,
  Policy: /^\{.*\}$/s,
  KmsMasterKeyId: /^.*$/s,
  SignatureVersion: /^[12]$/,
  TracingConfig: /^(PassThrough|Active)$/,
  MaximumMessageSize: /^[0-9]{4,7}$/,
  HTTPSuccessFeedbackRoleArn: /^arn:/,
  HTTPSuccessFeedbackSampleRate: /^(100|[0-9]{1,2})$/,
  HTTPFailureFeedbackRoleArn: /^arn:/,
};

/** The topics of one account in one region, and the actions on them. Standard topics only: FIFO topics don't deliver over HTTP(S). */
export class Topics {
  readonly #arnPrefix: string;
  readonly #byArn = new Map<string, Topic>();

  constructor(region: string, accountId: string) {
    this.#arnPrefix = `arn:aws:sns:${region}:${accountId}:`;
  }

  /** The topic that a request names. Throws what SNS answers where there is none. */
  find(arn: string, parameter = 'TopicArn'): Topic {
    const elements = arn.split(':').length;
    if (elements < 6)
      throw invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${elements}`);
    if (!arn.startsWith('arn:aws:sns:') || elements !== 6) throw invalidParameter(parameter);
    const topic = this.#byArn.get(arn);
    if (topic === undefined) throw notFound('Topic');
    return topic;
  }

  create(query: Query): Xml {
    const name = required(query, 'Name');
    if (!NAME.test(name)) throw invalidParameter('Topic Name');
    const arn = this.#arnPrefix + name;
    const attributes = mapEntries(query, 'Attributes');
    for (const [attribute, value] of attributes) checkAttribute(attribute, value, 'Attributes Reason: ');
    const existing = this.#byArn.get(arn);
    for (const [attribute, value] of attributes)
      if (existing !== undefined && existing.attributes.get(attribute) !== value)
        throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    if (existing === undefined) this.#byArn.set(arn, { arn, attributes: new Map(attributes) });
    return element('TopicArn', arn);
  }

  /** Deletes a topic, if it is there, and returns the ARN that was asked for. */
  delete(query: Query): string {
    const arn = required(query, 'TopicArn');
    this.#byArn.delete(arn);
    return arn;
  }

  list(): Xml {
    return element(
      'Topics',
      [...this.#byArn.keys()].flatMap((arn) => element('member', element('TopicArn', arn))),
    );
  }

  attributes(query: Query): Xml {
    const { arn, attributes } = this.find(required(query, 'TopicArn'));
    const owner = arn.split(':')[4] ?? '';
    return mapElement('Attributes', [['TopicArn', arn], ['Owner', owner], ...attributes]);
  }

  setAttribute(query: Query): Xml {
    const topic = this.find(required(query, 'TopicArn'));
    const name = required(query, 'AttributeName');
    const value = query.get('AttributeValue') ?? '';
    checkAttribute(name, value, '');
    topic.attributes.set(name, value);
    return [];
  }
}

/** The largest message that a topic takes, attributes included. */
export function maximumSizeBytes(topic: Topic): number {
  return Number(topic.attributes.get('MaximumMessageSize') ?? DEFAULT_MAXIMUM_SIZE_BYTES);
}

export function signatureVersion(topic: Topic): SignatureVersion {
  return topic.attributes.get('SignatureVersion') === '2' ? '2' : '1';
}

function checkAttribute(name: string, value: string, prefix: string): void {
  const allowed = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (allowed === undefined)
    throw invalidParameter(prefix === '' ? 'AttributeName' : `${prefix}Unknown attribute ${name}`);
  const isTooBig = name === 'MaximumMessageSize' && (Number(value) < 1024 || Number(value) > 1_048_576);
  if (!allowed.test(value) || isTooBig) throw invalidParameter(`${prefix}${name}`);
}
