import { plainText, utf8Bytes } from '../cloudtrail/index.ts';
import { accountsOf } from './accounts-of.ts';
import { cloudWatchMembers, jsonObject } from './cloudwatch-message.ts';
import { everSmaller } from './fit-details.ts';
import type { MessageAttribute, Notification, NotificationInput } from './notification-input.ts';
import { subjectOf } from './subject.ts';
import { trailbellDetails } from './trailbell-details.ts';

/** SNS's limit for message and attributes together, in bytes; https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const MAX_PUBLISH_BYTES = 256 * 1024;

/** Kept free for the message attributes: short strings, and the names of the routes. */
const ATTRIBUTE_BYTES = 4096;

/**
 * The SNS message of a transition: CloudWatch's alarm message, key for key, and one key more, `Trailbell`, with what
 * CloudWatch does not say. Whatever the input holds, the result is valid JSON within SNS's limits: first examples are
 * left out, then text is shortened, which `…` marks. CloudWatch's own keys keep the limits that CloudWatch gives them.
 */
export function renderNotification(input: NotificationInput): Notification {
  return {
    subject: subjectOf(input.state, input.alarmName, input.deployment.region),
    message: renderMessage(input),
    attributes: attributesOf(input),
  };
}

function renderMessage(input: NotificationInput): string {
  const members = cloudWatchMembers(input);
  let message = '';
  for (const details of everSmaller(trailbellDetails(input))) {
    message = jsonObject([...members, ['Trailbell', JSON.stringify(details)]]);
    if (utf8Bytes(message) <= MAX_PUBLISH_BYTES - ATTRIBUTE_BYTES) break;
  }
  return message;
}

/** What subscriptions filter by. Without routes the attribute is left out: SNS takes no empty list. */
function attributesOf({ context, deployment, state, routes = [] }: NotificationInput): Notification['attributes'] {
  const [account = deployment.accountId] = accountsOf(context.examples);
  return {
    severity: text(context.rule.severity),
    rule: text(context.rule.name),
    account: text(account),
    state: text(state),
    ...(routes.length > 0 && { routes: { DataType: 'String.Array', StringValue: JSON.stringify(routes) } }),
  };
}

function text(value: string): MessageAttribute {
  return { DataType: 'String', StringValue: plainText(value, 256) };
}
