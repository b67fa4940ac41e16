import type { JsonObject } from '@trailbell/core/json';

/** One event that PagerDuty took in. */
export interface Alert {
  /** When PagerDuty received it. */
  readonly atMs: number;
  readonly snsMessageId: string;
  /** SNS's Subject. */
  readonly title: string;
  /** The Message object, which PagerDuty shows as the alert's details. */
  readonly details: JsonObject;
}

/** What an alarm's message asks of PagerDuty. */
export interface AlarmEvent {
  readonly kind: 'trigger' | 'resolve';
  readonly integrationKey: string;
  readonly dedupKey: string;
  readonly alert: Alert;
}

export interface Incident {
  /** 1, 2, 3... in the order of opening. */
  readonly number: number;
  readonly integrationKey: string;
  readonly dedupKey: string;
  /** The title of the alert that opened it. */
  readonly title: string;
  readonly openedAtMs: number;
  readonly resolvedAtMs: number | undefined;
  /** The alert that opened it and those that merged into it, in order of arrival. */
  readonly alerts: readonly Alert[];
  /** The event that resolved it. */
  readonly resolution: Alert | undefined;
}

/** What an event did to the incidents. */
export type IncidentChange =
  | { readonly kind: 'opened' | 'merged' | 'resolved'; readonly incident: Incident; readonly alert: Alert }
  | { readonly kind: 'dropped'; readonly reason: 'nothing-to-resolve' };

/**
 * The incidents after one event, and what it did. A trigger merges into the open incident of its deduplication key and
 * integration, or opens one; a resolve closes the open one, or is dropped. SNS message ids play no part: an ALARM that SNS
 * delivers again after its OK opens a new incident.
 * https://developer.pagerduty.com/docs/events-api-v2-overview
 */
export function applyEvent(
  incidents: readonly Incident[],
  event: AlarmEvent,
): { readonly incidents: readonly Incident[]; readonly change: IncidentChange } {
  const { kind, integrationKey, dedupKey, alert } = event;
  const open = incidents.find(
    (incident) =>
      incident.resolvedAtMs === undefined &&
      incident.integrationKey === integrationKey &&
      incident.dedupKey === dedupKey,
  );
  switch (kind) {
    case 'trigger': {
      if (open !== undefined) return replace(incidents, 'merged', { ...open, alerts: [...open.alerts, alert] }, alert);
      const incident: Incident = {
        number: incidents.length + 1,
        integrationKey,
        dedupKey,
        title: alert.title,
        openedAtMs: alert.atMs,
        resolvedAtMs: undefined,
        alerts: [alert],
        resolution: undefined,
      };
      return { incidents: [...incidents, incident], change: { kind: 'opened', incident, alert } };
    }
    case 'resolve': {
      if (open === undefined) return { incidents, change: { kind: 'dropped', reason: 'nothing-to-resolve' } };
      return replace(incidents, 'resolved', { ...open, resolvedAtMs: alert.atMs, resolution: alert }, alert);
    }
  }
}

function replace(
  incidents: readonly Incident[],
  kind: 'merged' | 'resolved',
  incident: Incident,
  alert: Alert,
): { readonly incidents: readonly Incident[]; readonly change: IncidentChange } {
  return {
    incidents: incidents.map((each) => (each.number === incident.number ? incident : each)),
    change: { kind, incident, alert },
  };
}
