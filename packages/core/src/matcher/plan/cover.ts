import type { Pattern } from '../../pattern/index.ts';
import type { Atom } from './atom.ts';
import { decisionOf, type Decision, type Question } from './decision.ts';

/**
 * Atoms of which at least one holds for every event that a JSON pattern matches. An event in which none holds need not be tried.
 * Undefined where there is no such set: the pattern must then be tried on every event. Negations, absences, numbers and regular
 * expressions give no atom.
 */
export function coverOf(pattern: Pattern): readonly Atom[] | undefined {
  return pattern.kind === 'json' ? coverOfDecision(decisionOf(pattern)) : undefined;
}

/** The same for what the pattern is decided by. */
export function coverOfDecision(decision: Decision): readonly Atom[] | undefined {
  const atoms: Atom[] = [];
  return addCover(decision, atoms) ? atoms : undefined;
}

/** All operands of a conjunction hold, so any one's cover will do. Of a disjunction any may hold, so it takes the covers of all. */
function addCover(decision: Decision, atoms: Atom[]): boolean {
  if (!('operands' in decision)) {
    if (!isAtom(decision)) return false;
    atoms.push(decision);
    return true;
  }
  if (decision.kind === 'or') return decision.operands.every((operand) => addCover(operand, atoms));
  const cheapest = cheapestOf(decision.operands);
  return cheapest !== undefined && addCover(cheapest, atoms);
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
