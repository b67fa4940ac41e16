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

/** The same for what the pattern is decided by. */
export function coverOfDecision(decision: Decision): Cover | undefined {
  const candidate = candidateOf(decision);
  if (candidate === undefined) return undefined;
  const atoms: Atom[] = [];
  addAtoms(candidate, atoms);
  return { atoms, proven: candidate.proven };
}

/** A cover before it is chosen: one atom, or the covers of all operands of a disjunction. */
interface Candidate {
  readonly parts: Atom | readonly Candidate[];
  readonly proven: Decision | undefined;
  /** Roughly how many of ten thousand events have one of the atoms. */
  readonly cost: number;
}

function candidateOf(decision: Decision): Candidate | undefined {
  if ('operands' in decision) return decision.kind === 'and' ? cheapestOf(decision.operands) : candidateOfAny(decision);
  return isAtom(decision) ? { parts: decision, proven: decision, cost: costOfAtom(decision) } : undefined;
}

/** All operands of a conjunction hold, so any one's cover will do. */
function cheapestOf(operands: readonly Decision[]): Candidate | undefined {
  let cheapest: Candidate | undefined;
  for (const operand of operands) {
    const candidate = candidateOf(operand);
    if (candidate !== undefined && candidate.cost < (cheapest?.cost ?? Infinity)) cheapest = candidate;
  }
  return cheapest;
}

/** Of a disjunction any may hold, so it takes the covers of all; it is proven itself where each operand is no more than its cover. */
function candidateOfAny(decision: Combination): Candidate | undefined {
  const parts: Candidate[] = [];
  let cost = 0;
  let isProven = true;
  for (const operand of decision.operands) {
    const candidate = candidateOf(operand);
    if (candidate === undefined) return undefined;
    parts.push(candidate);
    cost += candidate.cost;
    isProven &&= candidate.proven === operand;
  }
  return { parts, proven: isProven ? decision : undefined, cost };
}

function addAtoms({ parts }: Candidate, atoms: Atom[]): void {
  if (isList(parts)) for (const part of parts) addAtoms(part, atoms);
  else atoms.push(parts);
}

function isList(parts: Candidate['parts']): parts is readonly Candidate[] {
  return Array.isArray(parts);
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
