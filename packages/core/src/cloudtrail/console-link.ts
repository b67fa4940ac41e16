import { isRegionCode, partitionOf, type Partition } from './region.ts';

/** Partitions whose console is open to the internet. */
const CONSOLE_DOMAINS: Readonly<Partial<Record<Partition, string>>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/**
 * The console's page of one event in CloudTrail's event history, which keeps management events for 90 days.
 * Undefined where the region cannot be part of a link.
 */
export function cloudTrailEventLink(event: { readonly region: string; readonly eventId: string }): string | undefined {
  const home = consoleHome(event.region, 'cloudtrailv2');
  return home === undefined ? undefined : `${home}#/events/${encodeURIComponent(event.eventId.toWellFormed())}`;
}

/** A Logs Insights query over one log group; `startMs` and `endMs` are epoch milliseconds. */
export interface LogsInsightsQuery {
  readonly region: string;
  readonly logGroupName: string;
  readonly query: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The console's Logs Insights page with log group, query and window filled in. Undefined where the region cannot be part
 * of a link. The form is the one that the console itself puts into its address bar, with quotes and parentheses encoded
 * once more (which it accepts), because programs that find links in text stop at them.
 */
export function logsInsightsLink(search: LogsInsightsQuery): string | undefined {
  const home = consoleHome(search.region, 'cloudwatch');
  if (home === undefined) return undefined;
  const detail = `~${consoleValue({
    end: new Date(search.endMs).toISOString(),
    start: new Date(search.startMs).toISOString(),
    timeType: 'ABSOLUTE',
    tz: 'UTC',
    editorString: search.query,
    source: [search.logGroupName],
  })}`;
  const safeInText = detail.replace(/[~'()]/g, (sign) => `$25${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${home}#logsV2:logs-insights$3FqueryDetail$3D${safeInText}`;
}

function consoleHome(region: string, service: string): string | undefined {
  const domain = CONSOLE_DOMAINS[partitionOf(region)];
  if (domain === undefined || !isRegionCode(region)) return undefined;
  return `https://${region}.${domain}/${service}/home?region=${region}`;
}

type ConsoleValue = string | readonly string[] | { readonly [key: string]: ConsoleValue };

/** The console's notation for data: `~(key~'text~list~(~'first))`. */
function consoleValue(value: ConsoleValue): string {
  if (typeof value === 'string') return `'${consoleText(value)}`;
  if (isList(value)) return `(${value.map((item) => `~${consoleValue(item)}`).join('')})`;
  return `(${Object.entries(value)
    .map(([key, field]) => `${key}~${consoleValue(field)}`)
    .join('~')})`;
}

/** Text within that notation: letters, digits, `_`, `.` and `-` as they are, every other byte of its UTF-8 as `*` and two digits. */
function consoleText(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.-]/.test(character) ? character : `*${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

function isList(value: ConsoleValue): value is readonly string[] {
  return Array.isArray(value);
}
