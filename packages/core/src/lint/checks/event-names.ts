import { globText } from '../../pattern/format-pattern.ts';
import { comparisonsOf, type EqualityTest, type JsonComparison, type Literal } from '../../pattern/index.ts';
import { closestWord } from '../../rule/closest-word.ts';
import { oneOf, quote } from '../../rule/describe-value.ts';
import {
  allEventNames,
  eventNamesOf,
  EVENT_SOURCES,
  hasEventName,
  isEventSource,
  isOpenSource,
  sourcesOfEventName,
} from '../aws/event-names.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { equalsLiteral } from '../logic/equal-values.ts';
import { selectorKey } from '../logic/selector-key.ts';
import { sourcesBeside } from './sources-beside.ts';
import { recordedOtherwise } from './recorded-otherwise.ts';

/** Sources that CloudTrail does not write, and event names that their sources do not have. */
export function checkEventNames({ pattern }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json') return [];
  const comparisons = [...comparisonsOf(pattern.condition)];
  const names = comparisons.flatMap((comparison) =>
    selectorKey(comparison.selector) === '$.eventName' ? (equalityOf(comparison)?.literal ?? []) : [],
  );
  return comparisons.flatMap((comparison) => {
    const test = equalityOf(comparison);
    if (test === undefined) return [];
    const key = selectorKey(comparison.selector);
    if (key === '$.eventSource') return unknownSource(test.literal) ?? [];
    if (key !== '$.eventName') return [];
    const sources = sourcesBeside(pattern.condition, comparison)?.filter(isEventSource);
    return unknownName(test.literal, sources) ?? recordedOtherwise(test, sources, names) ?? [];
  });
}

function equalityOf(comparison: JsonComparison): EqualityTest | undefined {
  return comparison.kind === 'compare' && comparison.test.kind === 'equality' ? comparison.test : undefined;
}

function unknownSource(literal: Literal): PatternComplaint | undefined {
  if (literal.kind === 'glob' || literal.kind === 'regex') {
    if (EVENT_SOURCES.some((source) => equalsLiteral(literal, source))) return undefined;
    return {
      code: 'unknown-event-source',
      span: literal.span,
      message: `no eventSource looks like ${written(literal)}`,
    };
  }
  const { text, span } = literal;
  if (isEventSource(text)) return undefined;
  const meant = meantSource(text);
  return {
    code: 'unknown-event-source',
    span,
    message: `CloudTrail writes no eventSource ${quote(text)}`,
    hint: meant === undefined ? 'sources look like iam.amazonaws.com' : `did you mean ${meant}?`,
    ...(meant !== undefined && { replacement: { span, text: `"${meant}"` } }),
  };
}

/** What consoles and EventBridge call a service that CloudTrail calls otherwise. */
const OTHER_SOURCE_NAMES: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  console: 'signin',
  efs: 'elasticfilesystem',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  email: 'ses',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  login: 'signin',
  'identity-center': 'sso',
  opensearch: 'es',
  'step-functions': 'states',
  stepfunctions: 'states',
};

/** EventBridge writes `aws.s3`, people write `s3` and `s3.aws.amazon.com`, and all mean s3.amazonaws.com. */
function meantSource(text: string): string | undefined {
  const [service = ''] = text
    .toLowerCase()
    .replace(/^(?:aws|api)\./, '')
    .split('.');
  const name = Object.hasOwn(OTHER_SOURCE_NAMES, service) ? (OTHER_SOURCE_NAMES[service] ?? service) : service;
  const exact = `${name}.amazonaws.com`;
  if (isEventSource(exact)) return exact;
  const known = EVENT_SOURCES.map((source) => source.replace('.amazonaws.com', ''));
  const close = closestWord(name, known);
  return close === undefined ? undefined : `${close}.amazonaws.com`;
}

function unknownName(literal: Literal, sources: readonly string[] | undefined): PatternComplaint | undefined {
  if (sources?.some(isOpenSource) === true) return undefined;
  const isAnySource = sources === undefined || sources.length === 0;
  const { span } = literal;
  if (literal.kind === 'glob' || literal.kind === 'regex') {
    const names = isAnySource ? allEventNames() : sources.flatMap((source) => [...eventNamesOf(source)]);
    for (const name of names) if (equalsLiteral(literal, name)) return undefined;
    if (mayMatchVersion(literal)) return undefined;
    const where = isAnySource ? '' : ` of ${oneOf(sources)}`;
    return {
      code: 'unknown-event-name',
      span,
      message: `no event name${where} looks like ${written(literal)}`,
      hint: 'upper and lower case are different: event names are written as in the API reference, CreateUser',
    };
  }
  const { text } = literal;
  const homes = sourcesOfEventName(text);
  if (isAnySource ? homes.length > 0 : sources.some((source) => hasEventName(source, text))) return undefined;
  const known = isAnySource ? [...allEventNames()] : sources.flatMap((source) => [...eventNamesOf(source)]);
  const otherCase = known.find((name) => name.toLowerCase() === text.toLowerCase());
  const close = otherCase ?? (homes.length > 0 ? undefined : closestWord(text, known));
  return {
    code: 'unknown-event-name',
    span,
    ...(close === undefined && homes.length === 0 && { severity: 'warning' }),
    message: isAnySource ? `no service has an event ${quote(text)}` : `${oneOf(sources)} has no event ${quote(text)}`,
    ...hint(close, homes),
    ...(close !== undefined && { replacement: { span, text: `"${close}"` } }),
  };
}

function hint(close: string | undefined, homes: readonly string[]): { readonly hint: string } {
  if (close !== undefined) return { hint: `did you mean ${close}?` };
  if (homes.length > 0) return { hint: `it is an event of ${oneOf(oftenWatchedFirst(homes).slice(0, 4))}` };
  return { hint: 'if the service has it by now, write # lint-ignore unknown-event-name: and where you saw it' };
}

/** Of many services that have an event of a name, those that rules are about. */
const OFTEN_WATCHED = ['iam', 'ec2', 's3', 'kms', 'sts', 'rds', 'lambda', 'cloudtrail', 'organizations', 'signin'].map(
  (name) => `${name}.amazonaws.com`,
);

function oftenWatchedFirst(sources: readonly string[]): readonly string[] {
  const isOften = (source: string) => OFTEN_WATCHED.includes(source);
  return [...sources.filter(isOften), ...sources.filter((source) => !isOften(source))];
}

/** Versions are not in the lists: `CreateFunction2015*`, `*20150331v2`. */
function mayMatchVersion(literal: Literal): boolean {
  return /\d/.test(literal.kind === 'regex' ? literal.source : literal.kind === 'number' ? '' : literal.text);
}

function written(literal: Extract<Literal, { kind: 'glob' | 'regex' }>): string {
  if (literal.kind === 'regex') return `%${literal.source}%`;
  return quote(globText(literal));
}
