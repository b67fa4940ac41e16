import { readFileSync } from 'node:fs';
import { type Agent, get } from 'node:https';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';

/** A message from SNS whose signature was found to be right. */
export type SnsMessage = {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
} & ({ readonly kind: 'notification' } | { readonly kind: 'subscription-confirmation'; readonly subscribeUrl: string });

/** A body that isn't a message from SNS, or one that somebody else signed. */
export interface RefusedMessage {
  readonly kind: 'not-from-sns' | 'bad-signature';
  readonly reason: string;
}

/** Reads the body of a delivery and verifies its signature. */
export type ReadSnsMessage = (body: string) => Promise<SnsMessage | RefusedMessage>;

interface Validator {
  validate(message: object, callback: (error: Error | null) => void): void;
}

/** A reader that verifies with `sns-validator`, fetching the signing certificate through `certificateAgent`. */
export function snsMessageReader(certificateAgent: Agent): ReadSnsMessage {
  const validator = loadValidator(certificateAgent);
  return async (body) => {
    const envelope = parseJson(body);
    const message = isJsonObject(envelope) ? toMessage(envelope) : undefined;
    if (!isJsonObject(envelope) || message === undefined)
      return { kind: 'not-from-sns', reason: 'The body is not a message from SNS.' };
    const error = await new Promise<Error | null>((resolve) => {
      validator.validate({ ...envelope }, resolve);
    });
    return error === null ? message : { kind: 'bad-signature', reason: error.message };
  };
}

function toMessage(envelope: JsonObject): SnsMessage | undefined {
  const text = (name: string) => (typeof envelope[name] === 'string' ? envelope[name] : undefined);
  const [messageId, topicArn, message] = [text('MessageId'), text('TopicArn'), text('Message')];
  const areSigned = ['Timestamp', 'SignatureVersion', 'Signature', 'SigningCertURL'].every(
    (name) => text(name) !== undefined,
  );
  if (messageId === undefined || topicArn === undefined || message === undefined || !areSigned) return undefined;
  const content = { messageId, topicArn, message, subject: text('Subject') };
  if (envelope.Type === 'Notification') return { kind: 'notification', ...content };
  const [subscribeUrl, token] = [text('SubscribeURL'), text('Token')];
  if (envelope.Type !== 'SubscriptionConfirmation' || subscribeUrl === undefined || token === undefined)
    return undefined;
  return { kind: 'subscription-confirmation', ...content, subscribeUrl };
}

/**
 * The validator takes no agent and keeps certificates for the life of the process, so its module is evaluated once for each
 * reader, with a `https` of its own. The global agent and the module cache stay as they are.
 */
function loadValidator(agent: Agent): Validator {
  const require = createRequire(import.meta.url);
  const path = require.resolve('sns-validator');
  const module: { exports: unknown } = { exports: {} };
  const https = { get: (url: string, answered: Parameters<typeof get>[2]) => get(url, { agent }, answered) };
  const evaluate = compileFunction(readFileSync(path, 'utf8'), ['require', 'module'], { filename: path }) as (
    requireModule: (name: string) => unknown,
    module: { exports: unknown },
  ) => void;
  evaluate((name) => (name === 'https' ? https : (require(name) as unknown)), module);
  const MessageValidator = module.exports as new () => Validator;
  return new MessageValidator();
}
