import { HEARTBEAT_INTERVAL_MINUTES } from '../heartbeat/index.ts';
import { PRICES } from './prices.ts';
import { USAGE } from './usage.ts';

export interface CostQuestion {
  /** Records that the trail writes in a day, of all accounts together. */
  readonly recordsPerDay: number;
  readonly accounts: number;
  readonly rules: number;
  /** The share of the records that the pre-filter lets through, 0 to 1. */
  readonly passedShare: number;
  /** Incidents that open in a day. */
  readonly incidentsPerDay: number;
  /** Records that a rule matches, in a day. */
  readonly matchesPerDay: number;
}

/** One line of a bill: US dollars a month. */
export interface CostLine {
  readonly what: string;
  readonly how: string;
  readonly dollarsPerMonth: number;
}

export interface CostEstimate {
  /** Of all three ways alike: the trail's delivery to CloudWatch Logs. An EventBridge set-up does without. */
  readonly logs: readonly CostLine[];
  readonly trailbell: readonly CostLine[];
  /** A metric, a filter and an alarm a rule, in one account that an organisation's trail delivers to. */
  readonly metricFilters: readonly CostLine[];
  /** The same in every account, as where each has its own trail. */
  readonly metricFiltersInEachAccount: readonly CostLine[];
  /** EventBridge rules in every account and one Lambda that they send to. */
  readonly eventBridge: readonly CostLine[];
}

const DAYS = 30.4;
const GB = 1e9;
const MINUTES = DAYS * 1440;

/** The metrics that a deployment's own alarms look at (`npm run graph` shows them), and the beats of its heartbeat. */
const [SELF_ALARM_METRICS, BEATS_PER_DAY] = [28, 1440 / HEARTBEAT_INTERVAL_MINUTES];

/** What a month costs, by PRICES and USAGE. An estimate: traffic that comes in bursts makes larger, fewer, cheaper batches. */
export function estimateCosts(question: CostQuestion): CostEstimate {
  const { recordsPerDay, accounts, rules } = question;
  const recordBytes = USAGE.recordBytes + USAGE.logEventOverheadBytes;
  const logGb = (recordsPerDay * DAYS * recordBytes) / GB;
  return {
    logs: [line('CloudWatch Logs, ingestion', `${round(logGb)} GB`, logGb * PRICES.logsIngestedGb)],
    trailbell: trailbellLines(question),
    metricFilters: metricFilterLines(rules, 1),
    metricFiltersInEachAccount: metricFilterLines(rules, accounts),
    eventBridge: eventBridgeLines(question),
  };
}

/** The sum of the lines, US dollars a month. */
export function total(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollarsPerMonth }) => sum + dollarsPerMonth, 0);
}

function trailbellLines({
  recordsPerDay,
  passedShare,
  incidentsPerDay,
  matchesPerDay,
}: CostQuestion): readonly CostLine[] {
  const beats = BEATS_PER_DAY * DAYS;
  const records = recordsPerDay * passedShare * DAYS;
  const batches = records / USAGE.recordsInBatch + beats;
  const matched = Math.min(batches, matchesPerDay * DAYS + beats);
  const incidents = incidentsPerDay * DAYS + beats;
  const matcherGbSeconds =
    USAGE.matcherMemoryGb *
    (records * USAGE.matcherSecondsPerRecord + batches * USAGE.invocationSeconds + matched * USAGE.matchedBatchSeconds);
  const reconcilerGbSeconds = USAGE.reconcilerMemoryGb * MINUTES * USAGE.reconcilerSeconds;
  const invocations = batches + MINUTES + beats;
  const writes =
    matched * (USAGE.matchedBatchWriteUnits + USAGE.idempotencyWriteUnits) + incidents * USAGE.incidentWriteUnits;
  const reads = MINUTES * USAGE.reconcilerReadUnits;
  const messages = incidents * USAGE.incidentMessages;
  const logGb = (invocations * USAGE.invocationLogBytes) / GB;
  return [
    line('Lambda, requests', `${count(invocations)} invocations`, invocations * PRICES.lambdaRequest),
    line(
      'Lambda, time',
      `${count(matcherGbSeconds + reconcilerGbSeconds)} GB-seconds`,
      (matcherGbSeconds + reconcilerGbSeconds) * PRICES.lambdaGbSecond,
    ),
    line(
      'DynamoDB',
      `${count(writes)} write and ${count(reads)} read units`,
      writes * PRICES.dynamoDbWriteUnit + reads * PRICES.dynamoDbReadUnit,
    ),
    line(
      'SNS and SQS',
      `${count(messages)} messages`,
      messages * (PRICES.snsRequest + PRICES.snsHttpsDelivery + PRICES.sqsRequest),
    ),
    line('KMS', 'a key, and its use by each message', PRICES.kmsKeyMonth + messages * 2 * PRICES.kmsRequest),
    line('Scheduler', `${count(MINUTES + beats)} invocations`, (MINUTES + beats) * PRICES.schedulerInvocation),
    line("The functions' own logs", `${round(logGb)} GB`, logGb * PRICES.logsIngestedGb),
    line(
      'Watching itself',
      `alarms on ${SELF_ALARM_METRICS} metrics, a dashboard`,
      SELF_ALARM_METRICS * PRICES.alarmMonth + PRICES.dashboardMonth,
    ),
  ];
}

function metricFilterLines(rules: number, accounts: number): readonly CostLine[] {
  const each = rules * accounts;
  return [
    line('CloudWatch metrics', `${count(each)} metrics`, each * PRICES.metricMonth),
    line('CloudWatch alarms', `${count(each)} alarms`, each * PRICES.alarmMonth),
  ];
}

/** Management events on an account's own bus are free; what another account sends on is not, nor is what a Lambda does with it. */
function eventBridgeLines({ matchesPerDay, accounts }: CostQuestion): readonly CostLine[] {
  const matches = matchesPerDay * DAYS;
  const sentOn = accounts > 1 ? matches : 0;
  return [
    line('EventBridge, from other accounts', `${count(sentOn)} events`, sentOn * PRICES.eventBridgeEvent),
    line(
      'Lambda',
      `${count(matches)} invocations`,
      matches * (PRICES.lambdaRequest + 0.1 * USAGE.matcherMemoryGb * PRICES.lambdaGbSecond),
    ),
    line('SNS', `${count(matches)} messages`, matches * (PRICES.snsRequest + PRICES.snsHttpsDelivery)),
  ];
}

function line(what: string, how: string, dollarsPerMonth: number): CostLine {
  return { what, how, dollarsPerMonth };
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function round(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
