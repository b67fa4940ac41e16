import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notification } from '@trailbell/core/notification';

/** Shorter than the lease on the slot: when it is over, the publish has ended one way or the other. */
const PUBLISH_DEADLINE_MS = 10_000;

/** One topic. */
export class SnsPublisher {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  /** Rejects where SNS refused the message or did not accept it in time; it may have been published even so. */
  async publish({ subject, message, attributes }: Notification): Promise<void> {
    await this.#client.send(
      new PublishCommand({
        TopicArn: this.#topicArn,
        Subject: subject,
        Message: message,
        MessageAttributes: { ...attributes },
      }),
      { abortSignal: AbortSignal.timeout(PUBLISH_DEADLINE_MS) },
    );
  }
}
