import type { Accept } from './publish.ts';
import { publish, publishBatch } from './publish.ts';
import type { Query } from './query.ts';
import { AwsRefusal } from '../aws-api/aws-refusal.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Topics } from './topics.ts';
import type { Xml } from './xml.ts';

/** What the actions act on; `accept` takes each message that Publish and PublishBatch let through. */
export interface ActionContext {
  readonly topics: Topics;
  readonly subscriptions: Subscriptions;
  readonly accept: Accept;
}

type Action = (query: Query, context: ActionContext) => Xml;

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateTopic: (query, { topics }) => topics.create(query),
  DeleteTopic: (query, { topics, subscriptions }) => {
    const arn = topics.delete(query);
    subscriptions.forgetTopic(arn);
    return [];
  },
  ListTopics: (_, { topics }) => topics.list(),
  GetTopicAttributes: (query, { topics }) => topics.attributes(query),
  SetTopicAttributes: (query, { topics }) => topics.setAttribute(query),
  Subscribe: (query, { subscriptions }) => subscriptions.subscribe(query),
  ConfirmSubscription: (query, { subscriptions }) => subscriptions.confirm(query),
  Unsubscribe: (query, { subscriptions }) => subscriptions.unsubscribe(query),
  ListSubscriptionsByTopic: (query, { subscriptions }) => subscriptions.list(query),
  GetSubscriptionAttributes: (query, { subscriptions }) => subscriptions.attributes(query),
  SetSubscriptionAttributes: (query, { subscriptions }) => subscriptions.setAttribute(query),
  Publish: (query, { topics, accept }) => publish(query, topics, accept),
  PublishBatch: (query, { topics, accept }) => publishBatch(query, topics, accept),
};

/** Performs one action and returns the content of its result. Throws what SNS refuses. */
export function performAction(name: string, query: Query, context: ActionContext): Xml {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new AwsRefusal('InvalidAction', `The action ${name} is not valid for this endpoint.`);
  return action(query, context);
}
