import type { Pattern } from '../../pattern/index.ts';
import type { Atom } from './atom.ts';
import { decisionOf, type Combination, type Decision, type Question } from './decision.ts';

/** What a pattern is looked up by. */
export interface Cover {
  /** At least one holds for every event that the pattern matches. An event in which none holds need not be tried. */
  readonly atoms: readonly Atom[];
  /** The part of the decision that holds wherever one of them does, so that it need not be asked again. */
  readonly proven: Decision | undefined;
}

/**
 * The cover of a JSON pattern. Undefined where there is none: the pattern must then be tried on every event. Negations, absences, numbers
 * and regular expressions give no atom.
 */
export function coverOf(pattern: Pattern): Cover | undefined {
  return pattern.kind === 'json' ? coverOfDecision(decisionOf(pattern)) : undefined;
}

/**
 * The same for what the pattern is decided by. All operands of a conjunction hold, so any one's cover will do; of a disjunction any may
 * hold, so it takes the covers of all.
 */
export function coverOfDecision(decision: Decision): Cover | undefined {
  if (!('operands' in decision)) return isAtom(decision) ? { atoms: [decision], proven: decision } : undefined;
  const { kind, operands } = decision;
  if (kind === 'or') return coverOfAny(decision, operands.map(coverOfDecision));
  const cheapest = cheapestOf(operands);
  return cheapest && coverOfDecision(cheapest);
}

/** A disjunction holds itself where each operand is no more than its cover. */
function coverOfAny(decision: Combination, covers: readonly (Cover | undefined)[]): Cover | undefined {
  if (!covers.every((cover) => cover !== undefined)) return undefined;
  const isProven = covers.every(({ proven }, index) => proven === decision.operands[index]);
  return { atoms: covers.flatMap(({ atoms }) => atoms), proven: isProven ? decision : undefined };
}

function cheapestOf(operands: readonly Decision[]): Decision | undefined {
  const costs = operands.map(costOf);
  const lowest = lowestOf(costs);
  return lowest === Infinity ? undefined : operands[costs.indexOf(lowest)];
}

/** Roughly how many of ten thousand events have an atom of a cover; infinite where there is no cover. */
function costOf(decision: Decision): number {
  if (!('operands' in decision)) return isAtom(decision) ? costOfAtom(decision) : Infinity;
  return decision.kind === 'or'
    ? decision.operands.reduce((sum, operand) => sum + costOf(operand), 0)
    : lowestOf(decision.operands.map(costOf));
}

function lowestOf(costs: readonly number[]): number {
  return costs.reduce((lowest, cost) => Math.min(lowest, cost), Infinity);
}

function isAtom(question: Question): question is Question & Atom {
  return question.kind === 'equals' || question.kind === 'prefix' || question.kind === 'suffix';
}

/** Of ten thousand events, those in which a field has a certain value; CloudTrail's busiest fields are named, others are guessed. */
const EQUALITY_COST: ReadonlyMap<string, number> = new Map(
  Object.entries({
    eventName: 20,
    errorCode: 50,
    arn: 60,
    userName: 100,
    errorMessage: 30,
    sourceIPAddress: 100,
    userAgent: 100,
    eventSource: 700,
    principalId: 60,
    invokedBy: 300,
    mfaAuthenticated: 3000,
    type: 4000,
    awsRegion: 5000,
    accountId: 7000,
    recipientAccountId: 7000,
    eventType: 9000,
    eventCategory: 9500,
    eventVersion: 8000,
  }),
);

const OTHER_COST = 200;

/** Reading is most of what is done in an account; that and keys and roles are what services do all day. */
const BUSY_NAME =
  /^(?:Get|List|Describe|Head|Lookup|Batch|Search|Select|Query|Scan|Filter|StartQuery|AssumeRole|Decrypt|Encrypt|GenerateDataKey)/;

function costOfAtom({ path, kind, text }: Atom): number {
  const name = path.at(-1) ?? '';
  const cost = EQUALITY_COST.get(name) ?? OTHER_COST;
  const factor = name === 'eventName' && BUSY_NAME.test(text) ? 10 : 1;
  return kind === 'equals' ? cost * factor : cost * factor * 4;
}
