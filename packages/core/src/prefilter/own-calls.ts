import { parsePattern, type Expression, type JsonComparison } from '../pattern/index.ts';
import { quote } from '../pattern/parse/read-quoted.ts';
import { mayMatch, type PossibleRecord, type PossibleValue } from './may-match.ts';

type Condition = Expression<JsonComparison>;

/** The roles that only the pipeline's own functions and schedules take on. */
export interface OwnRoles {
  /** Like `arn:aws:iam::111122223333:role/trailbell-matcher`. */
  readonly arns: readonly string[];
}

/** Names of calls that the roles' sessions make, and of those that AWS makes to give them one. */
export type OwnCall = (typeof SESSION_CALLS)[number] | (typeof ASSUMING_CALLS)[number];

/**
 * What the functions do in normal work, where a trail can see it. Log streams and KMS keys are management events. The others are data
 * events, which a trail has only if it is told to: then each batch would make the next.
 */
const SESSION_CALLS = [
  'CreateLogStream',
  'PutLogEvents',
  'Decrypt',
  'GenerateDataKey',
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Publish',
  'ReceiveMessage',
  'DeleteMessage',
  'SendMessage',
  'Invoke',
] as const;

/** Lambda and EventBridge Scheduler take on the roles for them. */
const ASSUMING_CALLS = ['AssumeRole'] as const;

/** What a record looks like that is left out: who, by which kind of caller, without an error, and under which name. */
interface OwnRecords {
  readonly selector: string;
  /** The values of `selector`; with `*` at the end, their beginnings. */
  readonly values: readonly string[];
  readonly callerType: string;
  readonly names: readonly OwnCall[];
}

/**
 * A condition that keeps out what the pipeline's roles do in normal work, as the inside of braces; undefined where nothing needs to
 * be kept out. Only calls that would otherwise come through are named, and only those that no rule can match, whatever else is in
 * their records; of more than there is room for, the first. A call that failed, or that is not on the list, passes: that is what
 * somebody would do who got hold of a role.
 *
 * @param rules the conditions of all rules
 */
export function ownCallsFilter(
  { arns }: OwnRoles,
  rules: readonly Condition[],
  options: {
    /** What else is asked of a record, as the inside of braces; absent for nothing. */
    readonly passing: string | undefined;
    /** Characters. */
    readonly maxLength: number;
  },
): OwnCallsFilter | undefined {
  if (arns.length === 0) return undefined;
  const passing = options.passing === undefined ? undefined : conditionOf(`{${options.passing}}`);
  const kept: OwnRecords[] = [];
  for (const records of [
    { selector: '$.userIdentity.arn', values: arns.map(sessionsOf), callerType: 'AssumedRole', names: SESSION_CALLS },
    { selector: '$.requestParameters.roleArn', values: arns, callerType: 'AWSService', names: ASSUMING_CALLS },
  ]) {
    const names = records.names.filter((name) => {
      const record = possibleRecord({ ...records, names: [name] });
      return (passing === undefined || mayMatch(passing, record)) && !rules.some((rule) => mayMatch(rule, record));
    });
    const fitting = names.findLastIndex(
      (_, last) => textOf([...kept, { ...records, names: names.slice(0, last + 1) }]).length <= options.maxLength,
    );
    if (fitting >= 0) kept.push({ ...records, names: names.slice(0, fitting + 1) });
  }
  return kept.length === 0 ? undefined : { text: textOf(kept), leftOut: kept.flatMap(({ names }) => names) };
}

export interface OwnCallsFilter {
  readonly text: string;
  readonly leftOut: readonly OwnCall[];
}

function textOf(all: readonly OwnRecords[]): string {
  const texts = all.map(textOfOne);
  return texts.length === 1 ? texts.join('') : texts.map((text) => `(${text})`).join('&&');
}

/** The ARNs of a role's sessions begin so; a role's path is not in them. Throws where the ARN is not a role's. */
function sessionsOf(roleArn: string): string {
  const [, partition, account, name] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]+)$/.exec(roleArn) ?? [];
  if (partition === undefined || account === undefined || name === undefined) {
    throw new Error(`not the ARN of a role: ${roleArn}`);
  }
  return `arn:${partition}:sts::${account}:assumed-role/${name}/*`;
}

/** All that the text leaves out, and what cannot be compared besides. */
function possibleRecord({ selector, values, callerType, names }: OwnRecords): PossibleRecord {
  const isBeginning = (value: string) => value.endsWith('*');
  return {
    [selector]: {
      texts: values.filter((value) => !isBeginning(value)),
      beginnings: values.filter(isBeginning).map((value) => value.slice(0, -1)),
      maybeMissing: false,
    },
    '$.userIdentity.type': oneOf([callerType]),
    '$.errorCode': { ...oneOf([]), maybeMissing: true },
    '$.eventName': oneOf(names),
  };
}

function oneOf(texts: readonly string[]): PossibleValue {
  return { texts, beginnings: [], maybeMissing: false };
}

/** To CloudWatch `!=` does not hold for what is missing, so that is said besides. */
function textOfOne({ selector, values, callerType, names }: OwnRecords): string {
  return [
    `${selector} NOT EXISTS`,
    values.map((value) => `${selector}!=${quote(value)}`).join('&&'),
    '$.userIdentity.type NOT EXISTS',
    `$.userIdentity.type!=${callerType}`,
    '$.errorCode=*',
    '$.eventName NOT EXISTS',
    names.map((name) => `$.eventName!=${name}`).join('&&'),
  ].join('||');
}

function conditionOf(text: string): Condition {
  const pattern = parsePattern(text);
  if (pattern.kind !== 'json') throw new Error(`not a JSON pattern: ${text}`);
  return pattern.condition;
}
