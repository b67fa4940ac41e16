import { isJsonObject } from '@trailbell/core/json';
import type { PagerDutyEvent } from '@trailbell/local';
import { harmless } from '../terminal/harmless.ts';

/** A notification that opened an incident, merged into one or resolved it. */
export type IncidentEvent = Extract<PagerDutyEvent, { readonly incident: unknown }>;

/** What a page says, as far as a line or two in a terminal can hold it. */
export interface IncidentPage {
  readonly alarmName: string;
  readonly severity: string;
  /** What happened, in the rule's words. */
  readonly title: string;
  /** Who did what, where and from where; absent parts left out. */
  readonly who: string;
  readonly count: number;
}

/** Reads the page out of PagerDuty's alert, as a responder would. Text of events is shown without control characters. */
export function incidentPage({ incident, alert }: IncidentEvent): IncidentPage {
  const { Trailbell } = alert.details;
  const details = isJsonObject(Trailbell) ? Trailbell : {};
  const resources = Array.isArray(details.resources) ? details.resources.map(textOf).filter(isSaid) : [];
  const parts = [
    textOf(details.actor),
    textOf(details.action),
    resources.length === 0 ? undefined : `on ${resources.join(', ')}`,
    prefixed('in', [textOf(details.account), textOf(details.region)].filter(isSaid).join(' ')),
    prefixed('from', textOf(details.sourceIp)),
    details.result === 'Success' ? undefined : prefixed('→', textOf(details.result)),
  ];
  return {
    alarmName: incident.dedupKey,
    severity: textOf(details.severity) ?? '',
    title: textOf(details.title) ?? '',
    who: parts.filter(isSaid).join(' '),
    count: typeof details.count === 'number' ? details.count : 0,
  };
}

function prefixed(prefix: string, text: string | undefined): string | undefined {
  return isSaid(text) ? `${prefix} ${text}` : undefined;
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? harmless(value) : undefined;
}
