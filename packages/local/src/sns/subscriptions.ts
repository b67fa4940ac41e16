import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { mapEntries, type Query, required } from './query.ts';
import { invalidParameter, notFound } from './sns-refusals.ts';
import { parseSubscriptionAttributes, type SubscriptionAttributes } from './subscription-attributes.ts';
import type { Topic, Topics } from './topics.ts';
import { element, mapElement, type Xml } from './xml.ts';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: 'http' | 'https';
  readonly endpoint: string;
  readonly token: string;
  readonly tokenExpiresAtMs: number;
  readonly isConfirmed: boolean;
  /** As they were given, for GetSubscriptionAttributes. */
  readonly given: ReadonlyMap<string, string>;
  readonly attributes: SubscriptionAttributes;
}

const UNSUPPORTED_PROTOCOLS = ['email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'];
const TOKEN_LIFETIME_MS = 2 * 24 * 3600 * 1000;

/** The subscriptions of all topics, and the actions on them. */
export class Subscriptions {
  readonly #clock: Clock;
  readonly #topics: Topics;
  readonly #askForConfirmation: (subscription: Subscription, topic: Topic) => void;
  readonly #byArn = new Map<string, Subscription>();

  constructor(clock: Clock, topics: Topics, askForConfirmation: (subscription: Subscription, topic: Topic) => void) {
    this.#clock = clock;
    this.#topics = topics;
    this.#askForConfirmation = askForConfirmation;
  }

  confirmedOf(topicArn: string): readonly Subscription[] {
    return this.#of(topicArn).filter(({ isConfirmed }) => isConfirmed);
  }

  isActive(arn: string): boolean {
    return this.#byArn.has(arn);
  }

  subscribe(query: Query): Xml {
    const topic = this.#topics.find(required(query, 'TopicArn'));
    const protocol = parseProtocol(required(query, 'Protocol'));
    const endpoint = parseEndpoint(query.get('Endpoint') ?? '', protocol);
    const given = mapEntries(query, 'Attributes');
    const attributes = parseSubscriptionAttributes(given, topic.arn, 'Attributes Reason: ');
    const existing = this.#of(topic.arn).find((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (existing !== undefined && [...given].some(([name, value]) => existing.given.get(name) !== value))
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    const subscription = existing?.isConfirmed
      ? existing
      : {
          ...(existing ?? { arn: `${topic.arn}:${randomUUID()}`, given, attributes }),
          topicArn: topic.arn,
          protocol,
          endpoint,
          token: randomBytes(128).toString('hex'),
          tokenExpiresAtMs: this.#clock.nowMs() + TOKEN_LIFETIME_MS,
          isConfirmed: false,
        };
    this.#byArn.set(subscription.arn, subscription);
    if (!subscription.isConfirmed) this.#askForConfirmation(subscription, topic);
    const showsArn = subscription.isConfirmed || query.get('ReturnSubscriptionArn') === 'true';
    return element('SubscriptionArn', showsArn ? subscription.arn : 'pending confirmation');
  }

  confirm(query: Query): Xml {
    const topic = this.#topics.find(required(query, 'TopicArn'));
    const token = required(query, 'Token');
    const subscription = this.#of(topic.arn).find((each) => each.token === token);
    if (subscription === undefined || subscription.tokenExpiresAtMs <= this.#clock.nowMs())
      throw invalidParameter('Token');
    this.#byArn.set(subscription.arn, { ...subscription, isConfirmed: true });
    return element('SubscriptionArn', subscription.arn);
  }

  unsubscribe(query: Query): Xml {
    const arn = required(query, 'SubscriptionArn');
    checkArn(arn);
    this.#byArn.delete(arn);
    return [];
  }

  list(query: Query): Xml {
    const topic = this.#topics.find(required(query, 'TopicArn'));
    return element(
      'Subscriptions',
      this.#of(topic.arn).flatMap((subscription) =>
        element('member', [
          ...element('SubscriptionArn', subscription.isConfirmed ? subscription.arn : 'PendingConfirmation'),
          ...element('Owner', ownerOf(subscription)),
          ...element('Protocol', subscription.protocol),
          ...element('Endpoint', subscription.endpoint),
          ...element('TopicArn', subscription.topicArn),
        ]),
      ),
    );
  }

  attributes(query: Query): Xml {
    const subscription = this.#find(required(query, 'SubscriptionArn'));
    return mapElement('Attributes', [
      ['SubscriptionArn', subscription.arn],
      ['TopicArn', subscription.topicArn],
      ['Owner', ownerOf(subscription)],
      ['Protocol', subscription.protocol],
      ['Endpoint', subscription.endpoint],
      ['PendingConfirmation', String(!subscription.isConfirmed)],
      ['ConfirmationWasAuthenticated', 'false'],
      ['EffectiveDeliveryPolicy', effectiveDeliveryPolicy(subscription.attributes)],
      ...new Map([['RawMessageDelivery', 'false'], ...subscription.given]),
    ]);
  }

  setAttribute(query: Query): Xml {
    const subscription = this.#find(required(query, 'SubscriptionArn'));
    const name = required(query, 'AttributeName');
    const given = new Map(subscription.given).set(name, query.get('AttributeValue') ?? '');
    const attributes = parseSubscriptionAttributes(given, subscription.topicArn, '');
    this.#byArn.set(subscription.arn, { ...subscription, given, attributes });
    return [];
  }

  /** A deleted topic takes its subscriptions with it. */
  forgetTopic(topicArn: string): void {
    for (const { arn } of this.#of(topicArn)) this.#byArn.delete(arn);
  }

  #of(topicArn: string): readonly Subscription[] {
    return [...this.#byArn.values()].filter((subscription) => subscription.topicArn === topicArn);
  }

  #find(arn: string): Subscription {
    checkArn(arn);
    const subscription = this.#byArn.get(arn);
    if (subscription === undefined) throw notFound('Subscription');
    return subscription;
  }
}

function parseProtocol(protocol: string): Subscription['protocol'] {
  if (protocol === 'http' || protocol === 'https') return protocol;
  if (UNSUPPORTED_PROTOCOLS.includes(protocol))
    throw invalidParameter(`Protocol Reason: this stand-in delivers over http and https only, not ${protocol}`);
  throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
}

function parseEndpoint(endpoint: string, protocol: string): string {
  if (!URL.canParse(endpoint)) throw invalidParameter('Endpoint');
  if (new URL(endpoint).protocol !== `${protocol}:`)
    throw invalidParameter('Endpoint must match the specified protocol');
  return endpoint;
}

function checkArn(arn: string): void {
  const elements = arn.split(':').length;
  if (elements < 6)
    throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements}`);
}

function ownerOf(subscription: Subscription): string {
  return subscription.topicArn.split(':')[4] ?? '';
}

function effectiveDeliveryPolicy({ deliveryPolicy }: SubscriptionAttributes): string {
  const { healthyRetryPolicy, headerContentType } = deliveryPolicy;
  return JSON.stringify({ healthyRetryPolicy, requestPolicy: { headerContentType } });
}
