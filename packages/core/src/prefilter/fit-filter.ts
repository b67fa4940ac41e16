import type { Expression, JsonComparison } from '../pattern/index.ts';
import type { Alternative, NameTest } from './alternative.ts';
import { joined } from './certain-condition.ts';
import { coverNames, type Prices } from './cover-names.ts';
import { plainText, textWithRegexes } from './filter-text.ts';
import { guardChoices, type GuardChoice } from './guard-choices.ts';
import { implies } from './implies.ts';
import { coverCondition } from './name-condition.ts';
import { likelihoodsOf, shareOf } from './share.ts';

type Condition = Expression<JsonComparison>;

export interface FitOptions {
  /** Characters, without the braces around it. */
  readonly maxLength: number;
  readonly allowsRegex: boolean;
}

export interface FittedFilter {
  /** The inside of the braces. */
  readonly text: string;
  readonly share: number;
}

/** A filter that lets more through than this is not worth its text. */
const WORTHLESS_SHARE = 0.95;

/** A regular expression takes one of the few that a log group may have: it must save this much of what else comes through. */
const WORTH_A_REGEX = 0.9;

/**
 * The most selective filter found that is no longer than it may be and lets every alternative through; undefined where there is
 * none worth having. Characters get a price, which rises until the cheapest filter is short enough.
 */
export function fitFilter(alternatives: readonly Alternative[], options: FitOptions): FittedFilter | undefined {
  const choices = alternatives.map((alternative) => ({ ...alternative, choices: guardChoices(alternative) }));
  const fitted = (notation: Notation) => cheapestThatFits(choices, options.maxLength, notation);
  const plain = fitted(PLAIN);
  const regex = options.allowsRegex && plain?.isShortened !== false ? fitted(REGEX) : undefined;
  const isRegexBetter = regex !== undefined && regex.share < WORTH_A_REGEX * (plain?.share ?? 1);
  const best = isRegexBetter ? regex : plain;
  return best !== undefined && best.share < WORTHLESS_SHARE ? best : undefined;
}

interface Notation {
  readonly aroundName: number;
  readonly wholeName: number;
  readonly textOf: (clauses: readonly Condition[]) => string;
}

const PLAIN: Notation = { aroundName: '$.eventName=*||'.length, wholeName: -1, textOf: plainText };
const REGEX: Notation = { aroundName: '^|'.length, wholeName: 1, textOf: textWithRegexes };

type Choosable = Alternative & { readonly choices: readonly GuardChoice[] };

/** From next to nothing to where ten characters cost as much as all of the trail. */
const PRICES = Array.from({ length: 900 }, (_, step) => 1e-9 * 1.0205 ** step);

/** The dearer characters are the fewer there are, as good as always: so halving finds where the filter begins to fit. */
function cheapestThatFits(
  alternatives: readonly Choosable[],
  maxLength: number,
  notation: Notation,
): (FittedFilter & { readonly isShortened: boolean }) | undefined {
  let [from, middle, to] = [0, 0, PRICES.length];
  let fitting: Filter | undefined;
  while (from < to) {
    const filter = filterAt(alternatives, { ...notation, character: PRICES[middle] ?? 0 }, notation);
    if (filter === undefined || filter.text.length <= maxLength) {
      fitting = filter;
      to = middle;
    } else from = middle + 1;
    middle = Math.floor((from + to) / 2);
  }
  return fitting && { text: fitting.text, share: shareOf(fitting.clauses.map(likelihoodsOf)), isShortened: to > 0 };
}

interface Filter {
  readonly clauses: readonly Condition[];
  readonly text: string;
}

/** The cheapest filter at a price; undefined where that is to let everything through. */
function filterAt(alternatives: readonly Choosable[], prices: Prices, notation: Notation): Filter | undefined {
  const pooled: NameTest[] = [];
  const guarded: Condition[] = [];
  for (const { names, choices } of alternatives) {
    const choice = cheapestChoice(choices, prices.character);
    if (choice === undefined) return undefined;
    if (names !== undefined && choice.guards.length === 0) pooled.push(...names);
    else guarded.push(clauseOf(names, choice, prices.character));
  }
  const named = pooled.length > 0 ? [coverCondition(coverNames(pooled, prices))] : [];
  const clauses = withoutImplied([...named, ...guarded]);
  return { clauses, text: notation.textOf(clauses) };
}

/** Undefined where letting everything through is cheaper. */
function cheapestChoice(choices: readonly GuardChoice[], character: number): GuardChoice | undefined {
  let [cheapest, least]: [GuardChoice | undefined, number] = [undefined, 1];
  for (const choice of choices) {
    const cost = choice.share + character * choice.length;
    if (cost < least) [cheapest, least] = [choice, cost];
  }
  return cheapest;
}

function clauseOf(names: readonly NameTest[] | undefined, { guards }: GuardChoice, character: number): Condition {
  const conditions = names ? [coverCondition(coverNames(names, { ...PLAIN, character })), ...guards] : guards;
  const clause = joined('and', conditions);
  if (clause === undefined) throw new Error('a clause of nothing');
  return clause;
}

/** Of clauses of which one holds wherever another does, the other says nothing. */
function withoutImplied(clauses: readonly Condition[]): readonly Condition[] {
  return clauses.filter(
    (clause, index) =>
      !clauses.some((other, at) => at !== index && implies(clause, other) && (at < index || !implies(other, clause))),
  );
}
