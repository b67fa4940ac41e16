import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { Clock } from '../clock/clock.ts';
import type { DeliveryEvent } from './deliveries.ts';
import { type LocalSns, startSns } from './local-sns.ts';
import { type RecordingSubscriber, startRecordingSubscriber } from './recording-subscriber.ts';

export const START_MS = Date.UTC(2026, 2, 1, 12);

/** For tests: one SNS with one topic, a client of it, and a subscriber that isn't subscribed yet. */
export interface Scenario {
  readonly clock: Clock;
  readonly sns: LocalSns;
  readonly client: SNSClient;
  readonly subscriber: RecordingSubscriber;
  readonly topicArn: string;
  /** What became of each attempt since the subscription was confirmed. */
  readonly events: DeliveryEvent[];
  /** Subscribes the subscriber, lets it confirm, and returns the subscription's ARN. */
  readonly subscribe: (attributes?: Record<string, string>) => Promise<string>;
  /** Publishes and returns the MessageId. */
  readonly publish: (message?: string, subject?: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startScenario(): Promise<Scenario> {
  const clock = new Clock(START_MS);
  const sns = await startSns({ clock, region: 'eu-west-1', accountId: '123456789012' });
  const client = clientOf(sns.endpoint);
  const subscriber = await startRecordingSubscriber(clock);
  const { TopicArn: topicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'alarms' }));
  const events: DeliveryEvent[] = [];
  sns.onDelivery((event) => events.push(event));
  return {
    clock,
    sns,
    client,
    subscriber,
    topicArn,
    events,
    subscribe: async (attributes = {}) => {
      const { SubscriptionArn = '' } = await client.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: 'http',
          Endpoint: subscriber.url,
          Attributes: attributes,
          ReturnSubscriptionArn: true,
        }),
      );
      await clock.settled();
      events.length = 0;
      return SubscriptionArn;
    },
    publish: async (message = '{"a":1}', subject) => {
      const { MessageId = '' } = await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Message: message,
          ...(subject === undefined ? {} : { Subject: subject }),
        }),
      );
      return MessageId;
    },
    stop: async () => {
      client.destroy();
      await Promise.all([sns.stop(), subscriber.stop()]);
    },
  };
}

export function clientOf(endpoint: string): SNSClient {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  return new SNSClient({ region: 'eu-west-1', endpoint, maxAttempts: 1, credentials });
}
