import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { AwsRefusal } from './aws-refusal.ts';
import type { AwsOperations } from './aws-api.ts';
import type { AwsInput } from './aws-call.ts';

/** A message as it lies in a queue. */
export interface LocalMessage {
  readonly messageId: string;
  readonly body: string;
  readonly sentAtMs: number;
  /** When it can be received. */
  visibleAtMs: number;
  receiveCount: number;
  receiptHandle: string;
}

interface Queue {
  readonly deadLetters: string | undefined;
  messages: LocalMessage[];
}

interface LocalQueuesOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly region: string;
  readonly accountId: string;
}

const MAX_RECEIVED = 10;

/** The SQS of one account: standard queues, with visibility timeouts and message move tasks, which end at once. */
export class LocalQueues {
  readonly #options: LocalQueuesOptions;
  readonly #queues = new Map<string, Queue>();
  readonly #moved = new Map<string, object[]>();

  constructor(options: LocalQueuesOptions) {
    this.#options = options;
  }

  /** Creates a queue and returns its ARN. */
  create(name: string, { deadLetters }: { readonly deadLetters?: string } = {}): string {
    this.#queues.set(name, { deadLetters, messages: [] });
    return this.arnOf(name);
  }

  arnOf(name: string): string {
    const { region, accountId } = this.#options;
    return `arn:aws:sqs:${region}:${accountId}:${name}`;
  }

  send(name: string, body: string): string {
    const nowMs = this.#options.clock.nowMs();
    const messageId = randomUUID();
    const message = { messageId, body, sentAtMs: nowMs, visibleAtMs: nowMs, receiveCount: 0, receiptHandle: '' };
    this.#named(name).messages.push(message);
    return messageId;
  }

  /** What is in a queue, visible or not, oldest first. */
  messages(name: string): readonly LocalMessage[] {
    return this.#named(name).messages;
  }

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
  operations(): AwsOperations {
    return {
      'sqs:GetQueueUrl': ({ QueueName }) => {
        this.#named(String(QueueName));
        return {
          QueueUrl: `https://sqs.${this.#options.region}.amazonaws.com/${this.#options.accountId}/${String(QueueName)}`,
        };
      },
      'sqs:GetQueueAttributes': (input) => this.#attributes(input),
      'sqs:ReceiveMessage': (input) => this.#receive(input),
      'sqs:ChangeMessageVisibility': (input) => {
        const message = this.#received(input);
        message.visibleAtMs = this.#options.clock.nowMs() + Number(input.VisibilityTimeout) * 1000;
        return {};
      },
      'sqs:DeleteMessage': (input) => {
        const queue = this.#addressed(input);
        queue.messages = queue.messages.filter(({ receiptHandle }) => receiptHandle !== input.ReceiptHandle);
        return {};
      },
      'sqs:StartMessageMoveTask': (input) => this.#move(input),
      'sqs:ListMessageMoveTasks': ({ SourceArn }) => ({ Results: this.#moved.get(String(SourceArn)) ?? [] }),
    };
  }

  #attributes(input: AwsInput): object {
    const { messages, deadLetters } = this.#addressed(input);
    const nowMs = this.#options.clock.nowMs();
    const hidden = messages.filter(({ visibleAtMs }) => visibleAtMs > nowMs).length;
    return {
      Attributes: {
        ApproximateNumberOfMessages: String(messages.length - hidden),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
        ApproximateNumberOfMessagesDelayed: '0',
        ...(deadLetters !== undefined && {
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters, maxReceiveCount: 6 }),
        }),
      },
    };
  }

  #receive(input: AwsInput): object {
    const { clock } = this.#options;
    const { MaxNumberOfMessages = 1, VisibilityTimeout = 30 } = input;
    const received = this.#addressed(input)
      .messages.filter(({ visibleAtMs }) => visibleAtMs <= clock.nowMs())
      .slice(0, Math.min(Number(MaxNumberOfMessages), MAX_RECEIVED));
    for (const message of received) {
      message.visibleAtMs = clock.nowMs() + Number(VisibilityTimeout) * 1000;
      message.receiveCount += 1;
      message.receiptHandle = randomUUID();
    }
    // SQS leaves the list out where it is empty.
    return received.length === 0 ? {} : { Messages: received.map(asReceived) };
  }

  /** Only what can be received is moved. */
  #move(input: AwsInput): object {
    const { SourceArn, DestinationArn } = input as { readonly SourceArn: string; readonly DestinationArn?: string };
    const source = this.#byArn(SourceArn);
    const sources = [...this.#queues].filter(([, { deadLetters }]) => deadLetters === SourceArn);
    if (sources.length === 0) {
      throw new AwsRefusal('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    }
    const destination = DestinationArn === undefined ? sources[0]?.[1] : this.#byArn(DestinationArn);
    const nowMs = this.#options.clock.nowMs();
    const moving = source.messages.filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
    source.messages = source.messages.filter((message) => !moving.includes(message));
    destination?.messages.push(...moving.map((message) => ({ ...message, receiveCount: 0 })));
    const task = { Status: 'COMPLETED', SourceArn, DestinationArn, ApproximateNumberOfMessagesMoved: moving.length };
    this.#moved.set(SourceArn, [task, ...(this.#moved.get(SourceArn) ?? [])]);
    return { TaskHandle: randomUUID() };
  }

  #received(input: AwsInput): LocalMessage {
    const message = this.#addressed(input).messages.find(({ receiptHandle }) => receiptHandle === input.ReceiptHandle);
    if (message === undefined) throw new AwsRefusal('ReceiptHandleIsInvalid', 'The receipt handle is not valid.', 404);
    return message;
  }

  #addressed({ QueueUrl }: AwsInput): Queue {
    return this.#named(String(QueueUrl).split('/').at(-1) ?? '');
  }

  #byArn(arn: string): Queue {
    return this.#named(arn.split(':').at(-1) ?? '');
  }

  #named(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new AwsRefusal('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }
}

function asReceived({ messageId, body, sentAtMs, receiveCount, receiptHandle }: LocalMessage): object {
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: createHash('md5').update(body).digest('hex'),
    Attributes: { SentTimestamp: String(sentAtMs), ApproximateReceiveCount: String(receiveCount) },
  };
}
