import type { Expression, JsonComparison, Pattern } from '../../pattern/index.ts';
import { fieldPathOf, isExactInUtf8, type Atom } from './atom.ts';

interface Cover {
  readonly atoms: readonly Atom[];
  /** Roughly how many of ten thousand events have one of the atoms. */
  readonly cost: number;
}

/**
 * Atoms of which at least one holds for every event that a JSON pattern matches. An event in which none holds need not be tried.
 * Undefined where there is no such set: the pattern must then be tried on every event. Negations, absences, numbers and regular
 * expressions give no atom.
 */
export function coverOf(pattern: Pattern): readonly Atom[] | undefined {
  return pattern.kind === 'json' ? cheapestCover(pattern.condition)?.atoms : undefined;
}

/** All operands of a conjunction hold, so any one's cover will do. Of a disjunction any may hold, so it takes the covers of all. */
function cheapestCover(condition: Expression<JsonComparison>): Cover | undefined {
  switch (condition.kind) {
    case 'and':
      return cheapestOf(condition.operands);
    case 'or':
      return joinCovers(condition.operands);
    case 'compare': {
      const atom = atomOf(condition);
      return atom && { atoms: [atom], cost: costOf(atom) };
    }
    case 'is':
    case 'not-exists':
      return undefined;
  }
}

function cheapestOf(operands: readonly Expression<JsonComparison>[]): Cover | undefined {
  let cheapest: Cover | undefined;
  for (const operand of operands) {
    const cover = cheapestCover(operand);
    if (cover !== undefined && (cheapest === undefined || cover.cost < cheapest.cost)) cheapest = cover;
  }
  return cheapest;
}

function joinCovers(operands: readonly Expression<JsonComparison>[]): Cover | undefined {
  const atoms: Atom[] = [];
  let cost = 0;
  for (const operand of operands) {
    const cover = cheapestCover(operand);
    if (cover === undefined) return undefined;
    atoms.push(...cover.atoms);
    cost += cover.cost;
  }
  return { atoms, cost };
}

function atomOf({ selector, test }: Extract<JsonComparison, { kind: 'compare' }>): Atom | undefined {
  const path = fieldPathOf(selector);
  const { literal } = test;
  if (path === undefined || test.kind !== 'equality' || test.operator !== '=') return undefined;
  if (literal.kind !== 'text' && literal.kind !== 'glob') return undefined;
  const { text } = literal;
  if (!isExactInUtf8(text)) return undefined;
  if (literal.kind === 'text') return { path, kind: 'equals', text };
  if (text === '' || (literal.openStart && literal.openEnd)) return undefined;
  return { path, kind: literal.openStart ? 'suffix' : 'prefix', text };
}

/** Of ten thousand events, those in which a field has a certain value; CloudTrail's busiest fields are named, others are guessed. */
const EQUALITY_COST: Readonly<Record<string, number>> = {
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
};

const OTHER_COST = 200;

/** Reading is most of what is done in an account. */
const READ_NAME = /^(?:Get|List|Describe|Head|Lookup|Batch)/;

function costOf({ path, kind, text }: Atom): number {
  const name = path.at(-1) ?? '';
  const cost = (Object.hasOwn(EQUALITY_COST, name) ? EQUALITY_COST[name] : undefined) ?? OTHER_COST;
  const factor = name === 'eventName' && READ_NAME.test(text) ? 10 : 1;
  return kind === 'equals' ? cost * factor : cost * factor * 4;
}
