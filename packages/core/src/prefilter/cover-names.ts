import type { NameTest } from './alternative.ts';
import { ordinaryNames, shareOfUnlisted } from './share.ts';

/** What a filter costs: the share of an ordinary trail that it lets through, and its characters, each at a price. */
export interface Prices {
  /** In shares of the trail, for one character. */
  readonly character: number;
  /** Characters around each name. */
  readonly aroundName: number;
  /** Characters more for a name in full than for the beginning of one; may be negative. */
  readonly wholeName: number;
}

/** Names and beginnings of names, and names that are not meant though they begin so. */
export interface NameCover {
  readonly tests: readonly NameTest[];
  readonly excluded: readonly string[];
}

const AROUND_EXCLUDED = '&&$.eventName!='.length;

/**
 * The cheapest names and beginnings of names that take every given name. Each beginning either stands for all names under it, but
 * for frequent ones that it is worth to exclude, or leaves them to longer ones, whichever costs less: so what is chosen is the best
 * there is.
 */
export function coverNames(names: readonly NameTest[], prices: Prices): NameCover {
  const distinct = [...new Map(names.map((name) => [`${name.text}${name.isPrefix ? '*' : ''}`, name])).values()];
  const isMeant = (name: string) =>
    distinct.some(({ text, isPrefix }) => (isPrefix ? name.startsWith(text) : name === text));
  const listed = ordinaryNames().map((each) => ({ ...each, isMeant: isMeant(each.name) }));
  return new Covering(listed, prices).cheapest('', distinct);
}

interface ListedName {
  readonly name: string;
  readonly share: number;
  readonly isMeant: boolean;
}

interface Cover extends NameCover {
  readonly cost: number;
}

class Covering {
  readonly #listed: readonly ListedName[];
  readonly #prices: Prices;

  constructor(listed: readonly ListedName[], prices: Prices) {
    this.#listed = listed;
    this.#prices = prices;
  }

  /** @param names all begin with `start` */
  cheapest(start: string, names: readonly NameTest[], listed: readonly ListedName[] = this.#listed): Cover {
    const beginning = this.#byBeginning(start, listed);
    if (names.some(({ text, isPrefix }) => isPrefix && text === start)) return beginning;
    const byNext = Map.groupBy(names, ({ text }) => text.charAt(start.length));
    const tests: NameTest[] = [];
    const excluded: string[] = [];
    let cost = 0;
    for (const [next, group] of [...byNext].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const longer = `${start}${next}`;
      const cover =
        next === ''
          ? this.#byName(start, listed)
          : this.cheapest(
              longer,
              group,
              listed.filter(({ name }) => name.startsWith(longer)),
            );
      tests.push(...cover.tests);
      excluded.push(...cover.excluded);
      cost += cover.cost;
    }
    return cost <= beginning.cost ? { tests, excluded, cost } : beginning;
  }

  #byBeginning(text: string, listed: readonly ListedName[]): Cover {
    const { character, aroundName } = this.#prices;
    const excluded: string[] = [];
    let cost = shareOfUnlisted(text.length) + character * (text.length + aroundName);
    for (const { name, share, isMeant } of listed) {
      const exclusion = character * (AROUND_EXCLUDED + name.length);
      const isExcluded = !isMeant && exclusion < share;
      if (isExcluded) excluded.push(name);
      cost += isExcluded ? exclusion : share;
    }
    return { tests: [{ text, isPrefix: true }], excluded, cost };
  }

  #byName(text: string, listed: readonly ListedName[]): Cover {
    const { character, aroundName, wholeName } = this.#prices;
    const share = listed.find(({ name }) => name === text)?.share ?? 0;
    const cost = share + character * (text.length + aroundName + wholeName);
    return { tests: [{ text, isPrefix: false }], excluded: [], cost };
  }
}
