import { confirmationBody, notificationBody } from './envelope.ts';
import type { Publication } from './publication.ts';
import type { SigningCertificate } from './signing-certificate.ts';
import type { Subscription } from './subscriptions.ts';
import { signatureVersion, type Topic } from './topics.ts';

/** What SNS owes one subscriber: a body with its headers, posted until it is taken or given up. */
export interface Delivery {
  readonly subscription: Subscription;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who sends: the address that links lead to, and the key that signs. */
export interface Sender {
  readonly endpoint: string;
  readonly certificate: SigningCertificate;
}

interface Occasion {
  readonly topic: Topic;
  readonly subscription: Subscription;
  readonly messageId: string;
  readonly atMs: number;
}

/** The Notification of a message, or its bare text where the subscription asks for raw delivery. */
export function notification(sender: Sender, occasion: Occasion, publication: Publication): Delivery {
  const { topic, subscription, messageId, atMs } = occasion;
  const { subject, attributes } = publication;
  const { isRaw, deliveryPolicy } = subscription.attributes;
  const message = publication.messageFor(subscription.protocol);
  const unsubscribeUrl = link(sender, { Action: 'Unsubscribe', SubscriptionArn: subscription.arn });
  const content = { messageId, topicArn: topic.arn, atMs, subject, message, attributes, unsubscribeUrl };
  return {
    subscription,
    messageId,
    subject,
    message,
    headers: {
      ...headers('Notification', messageId, topic.arn),
      'x-amz-sns-subscription-arn': subscription.arn,
      ...(isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
      'content-type': deliveryPolicy.headerContentType,
    },
    body: isRaw ? message : notificationBody(content, sender.certificate, signatureVersion(topic)),
  };
}

/** The request to confirm a subscription. One that nobody takes is dropped: a dead-letter queue is for notifications. */
export function confirmation(sender: Sender, { topic, subscription, messageId, atMs }: Occasion): Delivery {
  const { token, attributes } = subscription;
  const subscribeUrl = link(sender, { Action: 'ConfirmSubscription', TopicArn: topic.arn, Token: token });
  const content = { messageId, topicArn: topic.arn, atMs, token, subscribeUrl };
  return {
    subscription: { ...subscription, attributes: { ...attributes, deadLetterQueueArn: undefined } },
    messageId,
    subject: undefined,
    message: '',
    headers: headers('SubscriptionConfirmation', messageId, topic.arn),
    body: confirmationBody(content, sender.certificate, signatureVersion(topic)),
  };
}

function link({ endpoint }: Sender, parameters: Record<string, string>): string {
  return `${endpoint}/?${new URLSearchParams(parameters).toString()}`;
}

/** https://docs.aws.amazon.com/sns/latest/dg/http-header.html */
function headers(type: string, messageId: string, topicArn: string): Record<string, string> {
  return {
    'x-amz-sns-message-type': type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn,
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
  };
}
