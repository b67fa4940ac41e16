import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { PUBLISH_DEADLINE_MS } from '@trailbell/core/alarm';
import type { Notification } from '@trailbell/core/notification';

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
