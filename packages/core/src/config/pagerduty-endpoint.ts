/** An integration URL of PagerDuty, without what is secret in it. */
export interface PagerDutyEndpoint {
  readonly kind: 'endpoint';
  /** A service's own integration, or an event orchestration or ruleset. */
  readonly form: 'service' | 'orchestration';
  /** PagerDuty's service region. https://support.pagerduty.com/main/docs/service-regions */
  readonly host: 'us' | 'eu';
}

/** Why a URL is refused. No part of the URL is in it. */
export interface EndpointProblem {
  readonly kind: 'problem';
  readonly code: string;
  /** To be read after the name of the secret: `is not a URL`. */
  readonly message: string;
  readonly hint: string;
}

const EXPECTED =
  'expected https://events.pagerduty.com/integration/KEY/enqueue or https://events.pagerduty.com/x-ere/KEY, in the EU with the host events.eu.pagerduty.com';

const ENDPOINT =
  /^https:\/\/events\.(?<eu>eu\.)?pagerduty\.com\/(?:integration\/[A-Za-z0-9]{32}\/enqueue|(?<orchestration>x-ere)\/[A-Za-z0-9]{32})$/;

/**
 * Which integration a URL leads to. SNS messages are understood at these two paths and nowhere else; a URL of another form would
 * be confirmed by nobody, or drop every page without a word.
 * https://support.pagerduty.com/main/docs/aws-cloudtrail-integration-guide
 */
export function pagerDutyEndpoint(url: string): PagerDutyEndpoint | EndpointProblem {
  const groups = ENDPOINT.exec(url)?.groups;
  if (groups === undefined) return { kind: 'problem', ...faultOf(url) };
  return {
    kind: 'endpoint',
    form: groups.orchestration === undefined ? 'service' : 'orchestration',
    host: groups.eu === undefined ? 'us' : 'eu',
  };
}

function faultOf(url: string): Omit<EndpointProblem, 'kind'> {
  if (url === '') return fault('empty', 'is empty');
  if (url !== url.trim()) return fault('blanks', 'begins or ends with a blank or a line break', 'set it again without');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) {
    return fault('not-a-url', 'is not a URL', `an integration key alone is not enough; ${EXPECTED}`);
  }
  if (parsed.protocol !== 'https:') return fault('not-https', 'does not begin with https://');
  if (!/^events\.(eu\.)?pagerduty\.com$/.test(parsed.hostname)) {
    return fault('other-host', "does not lead to PagerDuty's host for events");
  }
  if (`${parsed.username}${parsed.password}${parsed.port}${parsed.search}${parsed.hash}` !== '' || /[?#]$/.test(url)) {
    return fault('more-than-a-path', 'has a user, a port, a query or a fragment', 'copy it again from PagerDuty');
  }
  return faultOfPath(parsed.pathname);
}

function faultOfPath(path: string): Omit<EndpointProblem, 'kind'> {
  if (path.startsWith('/v2/')) {
    return fault('events-api', 'leads to the Events API v2, which does not understand messages from SNS');
  }
  if (path.startsWith('/generic/')) {
    return fault('events-api', 'leads to the Events API v1, which does not understand messages from SNS');
  }
  const key = /^\/(?:integration|x-ere)\/([^/]*)/.exec(path)?.[1];
  if (key === undefined) return fault('other-path', 'has a path that is no integration for SNS');
  if (!/^[A-Za-z0-9]{32}$/.test(key)) {
    return fault(
      'bad-key',
      'has no integration key of 32 letters and digits in its path',
      'copy it again from PagerDuty',
    );
  }
  if (path.startsWith('/integration/')) return fault('other-path', 'does not end in /enqueue right after its key');
  if (path.length > `/x-ere/${key}`.length) return fault('other-path', 'goes on after its key');
  return fault('spelling', 'is spelled in a way that PagerDuty may not know, such as with capitals in the host');
}

function fault(code: string, message: string, hint = EXPECTED): Omit<EndpointProblem, 'kind'> {
  return { code, message, hint };
}
