import type { Pattern } from '../../pattern/index.ts';
import type { Atom } from './atom.ts';
import { decisionOf, type Decision, type Question } from './decision.ts';

/** What a pattern is looked up by. */
export interface Cover {
  /** At least one holds for every event that the pattern matches. An event in which none holds need not be tried. */
  readonly atoms: readonly Atom[];
  /** What is left to decide where one of them holds. */
  readonly rest: Decision;
}

const NOTHING_LEFT: Decision = { kind: 'and', operands: [] };

/**
 * The cover of a JSON pattern. Undefined where there is none: the pattern must then be tried on every event. Negations, absences, numbers
 * and regular expressions give no atom.
 */
export function coverOf(pattern: Pattern): Cover | undefined {
  return pattern.kind === 'json' ? coverOfDecision(decisionOf(pattern)) : undefined;
}

/** The same for what the pattern is decided by. */
export function coverOfDecision(decision: Decision): Cover | undefined {
  const atoms: Atom[] = [];
  const rest = addCover(decision, atoms);
  return rest && { atoms, rest };
}

/** Adds the atoms of a cover, and returns what is left to decide; undefined where there is no cover. */
function addCover(decision: Decision, atoms: Atom[]): Decision | undefined {
  if (!('operands' in decision)) {
    if (!isAtom(decision)) return undefined;
    atoms.push(decision);
    return NOTHING_LEFT;
  }
  return decision.kind === 'and' ? addCoverOfAll(decision.operands, atoms) : addCoverOfAny(decision, atoms);
}

/** All operands of a conjunction hold, so any one's cover will do, and the others are left to decide. */
function addCoverOfAll(operands: readonly Decision[], atoms: Atom[]): Decision | undefined {
  const cheapest = cheapestOf(operands);
  const rest = cheapest && addCover(cheapest, atoms);
  if (rest === undefined) return undefined;
  const others = operands.filter((operand) => operand !== cheapest);
  return { kind: 'and', operands: rest === NOTHING_LEFT ? others : [rest, ...others] };
}

/** Of a disjunction any may hold, so it takes the covers of all; it holds itself where each is no more than its cover. */
function addCoverOfAny(decision: Decision & { readonly operands: readonly Decision[] }, atoms: Atom[]) {
  const rests = decision.operands.map((operand) => addCover(operand, atoms));
  if (rests.includes(undefined)) return undefined;
  return rests.every((rest) => rest === NOTHING_LEFT) ? NOTHING_LEFT : decision;
}

function cheapestOf(operands: readonly Decision[]): Decision | undefined {
  let cheapest: Decision | undefined;
  let lowest = Infinity;
  for (const operand of operands) {
    const cost = costOf(operand);
    if (cost < lowest) {
      lowest = cost;
      cheapest = operand;
    }
  }
  return cheapest;
}

/** Roughly how many of ten thousand events have an atom of a cover; infinite where there is no cover. */
function costOf(decision: Decision): number {
  if (!('operands' in decision)) return isAtom(decision) ? costOfAtom(decision) : Infinity;
  return decision.kind === 'or'
    ? decision.operands.reduce((sum, operand) => sum + costOf(operand), 0)
    : decision.operands.reduce((lowest, operand) => Math.min(lowest, costOf(operand)), Infinity);
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
