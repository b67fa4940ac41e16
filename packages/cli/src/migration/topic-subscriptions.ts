import { readFileSync } from 'node:fs';
import { pagerDutyEndpoint } from '@trailbell/core/config';
import { fieldOf } from '@trailbell/core/json';
import { messageOf } from '../terminal/message-of.ts';

/** Where a topic sends, in words. Integration keys are secrets: of PagerDuty's URLs only the last four characters are shown. */
export interface TopicSubscription {
  readonly topicArn: string;
  readonly isPagerDuty: boolean;
  readonly shown: string;
}

/** What `aws sns list-subscriptions` or `list-subscriptions-by-topic` prints; topics alone (`list-topics`) say nothing more. */
export function readTopicSubscriptions(path: string): readonly TopicSubscription[] | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return { problem: `${path}: not readable: ${messageOf(error)}` };
  }
  const list = listIn(json, 'Subscriptions');
  if (list === undefined) {
    if (listIn(json, 'Topics') !== undefined) return [];
    return { problem: `${path}: expected what \`aws sns list-subscriptions\` or \`aws sns list-topics\` prints` };
  }
  return list.flatMap((entry) => {
    const [topicArn, protocol, endpoint] = ['TopicArn', 'Protocol', 'Endpoint'].map((key) => textIn(entry, key));
    if (topicArn === undefined || protocol === undefined) return [];
    return [{ topicArn, ...shown(protocol, endpoint ?? '') }];
  });
}

function shown(protocol: string, endpoint: string): Pick<TopicSubscription, 'isPagerDuty' | 'shown'> {
  const pagerDuty = pagerDutyEndpoint(endpoint);
  if (pagerDuty.kind !== 'endpoint') return { isPagerDuty: false, shown: `${protocol} ${hostOf(endpoint)}` };
  const [, key = ''] = /\/(?:integration|x-ere)\/(\w+)/.exec(endpoint) ?? [];
  return { isPagerDuty: true, shown: `PagerDuty, the ${pagerDuty.form} with the key that ends in ${key.slice(-4)}` };
}

/** URLs carry keys in their paths; addresses of mail and queues do not. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) && endpoint.includes('//') ? new URL(endpoint).host : endpoint;
}

function listIn(json: unknown, key: string): readonly unknown[] | undefined {
  const list = fieldOf(json, key);
  return Array.isArray(list) ? list : undefined;
}

function textIn(entry: unknown, key: string): string | undefined {
  const text = fieldOf(entry, key);
  return typeof text === 'string' ? text : undefined;
}
