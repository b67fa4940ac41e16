import type { MessageAttributes } from './message-attributes.ts';
import type { SignatureVersion, SigningCertificate } from './signing-certificate.ts';

interface MessageIdentity {
  readonly messageId: string;
  readonly topicArn: string;
  readonly atMs: number;
}

/** What a Notification tells, before it is signed. */
export interface NotificationContent extends MessageIdentity {
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: MessageAttributes;
  readonly unsubscribeUrl: string;
}

/** What a SubscriptionConfirmation tells, before it is signed. */
export interface ConfirmationContent extends MessageIdentity {
  readonly token: string;
  readonly subscribeUrl: string;
}

/** The signed JSON body of a Notification. https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html */
export function notificationBody(
  content: NotificationContent,
  certificate: SigningCertificate,
  version: SignatureVersion,
): string {
  const { subject, attributes } = content;
  const signed = {
    Type: 'Notification',
    MessageId: content.messageId,
    TopicArn: content.topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: content.message,
    Timestamp: new Date(content.atMs).toISOString(),
  };
  return body({
    ...signed,
    ...signature(signed, certificate, version),
    UnsubscribeURL: content.unsubscribeUrl,
    ...(attributes.size === 0 ? {} : { MessageAttributes: attributesJson(attributes) }),
  });
}

/** The signed JSON body of a SubscriptionConfirmation. https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html */
export function confirmationBody(
  content: ConfirmationContent,
  certificate: SigningCertificate,
  version: SignatureVersion,
): string {
  const signed = {
    Type: 'SubscriptionConfirmation',
    MessageId: content.messageId,
    Token: content.token,
    TopicArn: content.topicArn,
    Message: `You have chosen to subscribe to the topic ${content.topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: content.subscribeUrl,
    Timestamp: new Date(content.atMs).toISOString(),
  };
  return body({ ...signed, ...signature(signed, certificate, version) });
}

function signature(
  signed: Readonly<Record<string, string>>,
  certificate: SigningCertificate,
  version: SignatureVersion,
): Readonly<Record<string, string>> {
  return {
    SignatureVersion: version,
    Signature: certificate.sign(stringToSign(signed), version),
    SigningCertURL: certificate.url,
  };
}

/** Names and values on lines of their own, in byte order of the names. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
function stringToSign(signed: Readonly<Record<string, string>>): string {
  return Object.entries(signed)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('');
}

function attributesJson(attributes: MessageAttributes): object {
  return Object.fromEntries([...attributes].map(([name, { type, value }]) => [name, { Type: type, Value: value }]));
}

function body(fields: object): string {
  return JSON.stringify(fields, null, 2);
}
