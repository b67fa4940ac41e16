import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Agent } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Clock } from '../clock/clock.ts';
import { listenOnLoopback, stopServer } from '../sns/index.ts';
import { type DropReason, parseAlarmEvent } from './alarm-event.ts';
import { type Alert, applyEvent, type Incident } from './incidents.ts';
import { type Outage, underOutage } from './outage.ts';
import { snsMessageReader, type SnsMessage } from './sns-message.ts';

/** The path of an integration: a service's own, or that of an event orchestration or ruleset. */
export type EndpointForm = 'service' | 'orchestration';

export interface LocalPagerDutyOptions {
  readonly clock: Clock;
  /** Leads to the certificate of the SNS that delivers here. */
  readonly certificateAgent: Agent;
  /** The keys of the integrations that exist: letters, digits, `_` and `-`. */
  readonly integrationKeys: readonly string[];
}

/** Why PagerDuty answered a delivery with an error. */
export type RejectReason =
  'unavailable' | 'unknown-integration-key' | 'not-from-sns' | 'bad-signature' | 'subscribe-url-failed';

/** What PagerDuty did with one request. */
export type PagerDutyEvent = { readonly atMs: number; readonly integrationKey: string } & (
  | { readonly kind: 'confirmed'; readonly topicArn: string }
  | { readonly kind: 'opened' | 'merged' | 'resolved'; readonly incident: Incident; readonly alert: Alert }
  | { readonly kind: 'dropped'; readonly reason: DropReason; readonly message: SnsMessage }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly status: number; readonly detail: string }
);

/** PagerDuty on this machine, as an HTTP subscriber of SNS. */
export interface LocalPagerDuty {
  /** Where SNS delivers for an integration. */
  url(integrationKey: string, form?: EndpointForm): string;
  /** All incidents, open and resolved, in the order of opening. */
  incidents(): readonly Incident[];
  /** What was taken and silently thrown away, in order. */
  dropped(): readonly Extract<PagerDutyEvent, { kind: 'dropped' }>[];
  /** Watches what happens to each request. Returns the function that ends the subscription. */
  onChange(listener: (event: PagerDutyEvent) => void): () => void;
  /** Every request suffers this until `untilMs` of simulated time (by default without end), or until {@link recover}. */
  suffer(outage: Outage, untilMs?: number): void;
  recover(): void;
  stop(): Promise<void>;
}

const PATHS: Readonly<Record<EndpointForm, (key: string) => string>> = {
  service: (key) => `/integration/${key}/enqueue`,
  orchestration: (key) => `/x-ere/${key}`,
};
const PATH = /^\/(?:integration\/([A-Za-z0-9_-]+)\/enqueue|x-ere\/([A-Za-z0-9_-]+))$/;

/** Starts a PagerDuty on a port of 127.0.0.1. */
export async function startPagerDuty(options: LocalPagerDutyOptions): Promise<LocalPagerDuty> {
  const pagerDuty = new PagerDuty(options);
  const server = createServer((request, response) => {
    options.clock.run(() => pagerDuty.answer(request, response));
  });
  const port = await listenOnLoopback(server);
  return {
    url: (key, form = 'service') => `http://127.0.0.1:${port}${PATHS[form](key)}`,
    incidents: () => pagerDuty.incidents,
    dropped: () => pagerDuty.dropped,
    onChange: (listener) => {
      pagerDuty.listeners.add(listener);
      return () => pagerDuty.listeners.delete(listener);
    },
    suffer: (outage, untilMs = Infinity) => {
      pagerDuty.outage = { outage, untilMs };
    },
    recover: () => {
      pagerDuty.outage = undefined;
    },
    stop: () => stopServer(server),
  };
}

class PagerDuty {
  incidents: readonly Incident[] = [];
  outage: { readonly outage: Outage; readonly untilMs: number } | undefined;
  readonly dropped: Extract<PagerDutyEvent, { kind: 'dropped' }>[] = [];
  readonly listeners = new Set<(event: PagerDutyEvent) => void>();
  readonly #options: LocalPagerDutyOptions;
  readonly #read: ReturnType<typeof snsMessageReader>;

  constructor(options: LocalPagerDutyOptions) {
    this.#options = options;
    this.#read = snsMessageReader(options.certificateAgent);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      const hasCallerLeft = request.errored !== null;
      if (hasCallerLeft) return;
      response.destroy();
      throw error;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const match = PATH.exec(request.url ?? '');
    const integrationKey = match?.[1] ?? match?.[2] ?? '';
    if (request.method !== 'POST' || integrationKey === '') {
      response.writeHead(404).end();
      return;
    }
    const { takesEffect, status, headers } = underOutage(this.#currentOutage());
    const taken = takesEffect
      ? await this.#take(integrationKey, body)
      : this.#reject(integrationKey, 'unavailable', status ?? 503, 'PagerDuty is unavailable.');
    response.writeHead(status ?? taken, headers).end();
  }

  #currentOutage(): Outage | undefined {
    if (this.outage === undefined || this.#options.clock.nowMs() >= this.outage.untilMs) return undefined;
    return this.outage.outage;
  }

  async #take(integrationKey: string, body: string): Promise<number> {
    if (!this.#options.integrationKeys.includes(integrationKey))
      return this.#reject(integrationKey, 'unknown-integration-key', 400, 'Invalid routing key');
    const message = await this.#read(body);
    switch (message.kind) {
      case 'not-from-sns':
        return this.#reject(integrationKey, message.kind, 400, message.reason);
      case 'bad-signature':
        return this.#reject(integrationKey, message.kind, 403, message.reason);
      case 'subscription-confirmation':
        return this.#confirm(integrationKey, message.topicArn, message.subscribeUrl);
      case 'notification':
        this.#apply(integrationKey, message);
        return 202;
    }
  }

  async #confirm(integrationKey: string, topicArn: string, subscribeUrl: string): Promise<number> {
    const status = await visit(subscribeUrl);
    if (status !== 200)
      return this.#reject(integrationKey, 'subscribe-url-failed', 500, `SubscribeURL answered ${status}`);
    this.#tell({ kind: 'confirmed', atMs: this.#options.clock.nowMs(), integrationKey, topicArn });
    return 200;
  }

  #apply(integrationKey: string, message: SnsMessage): void {
    const atMs = this.#options.clock.nowMs();
    const event = parseAlarmEvent(message, integrationKey, atMs);
    if (event.kind === 'dropped') {
      this.#drop({ ...event, atMs, integrationKey, message });
      return;
    }
    const { incidents, change } = applyEvent(this.incidents, event);
    this.incidents = incidents;
    if (change.kind === 'dropped') this.#drop({ ...change, atMs, integrationKey, message });
    else this.#tell({ ...change, atMs, integrationKey });
  }

  #drop(event: Extract<PagerDutyEvent, { kind: 'dropped' }>): void {
    this.dropped.push(event);
    this.#tell(event);
  }

  #reject(integrationKey: string, reason: RejectReason, status: number, detail: string): number {
    this.#tell({ kind: 'rejected', atMs: this.#options.clock.nowMs(), integrationKey, reason, status, detail });
    return status;
  }

  #tell(event: PagerDutyEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

function visit(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', () => {
      resolve(0);
    });
  });
}
