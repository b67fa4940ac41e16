export type { DropReason } from './alarm-event.ts';
export type { Alert, Incident } from './incidents.ts';
export {
  type EndpointForm,
  type LocalPagerDuty,
  type LocalPagerDutyOptions,
  type PagerDutyEvent,
  type RejectReason,
  startPagerDuty,
} from './local-pagerduty.ts';
export type { Outage } from './outage.ts';
