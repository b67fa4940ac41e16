import type { Expression, JsonComparison } from '../pattern/index.ts';
import type { Alternative, NameTest } from './alternative.ts';
import { compactText } from './compact-text.ts';
import { bothOf, likelihoodsOf, shareOf, type Likelihoods } from './share.ts';
import { nameCondition } from './name-condition.ts';

type Condition = Expression<JsonComparison>;

/** Some of the guards of an alternative: the fewer, the shorter the clause, and the more it lets through. */
export interface GuardChoice {
  readonly guards: readonly Condition[];
  /** What the clause lets through of an ordinary trail: 0 to 1. */
  readonly share: number;
  /** Characters. */
  readonly length: number;
}

/** All choices are tried: more guards than these are not looked at. */
const MAX_GUARDS = 7;

const JOINT = '&&'.length;

/** Every choice of guards that there is; without names, at least one. */
export function guardChoices({ names, guards }: Alternative): readonly GuardChoice[] {
  let choices: readonly Choice[] = [
    names
      ? { guards: [], likelihoods: likelihoodsOf(nameCondition(names)), length: 0 }
      : { guards: [], likelihoods: undefined, length: 0 },
  ];
  const besideGuards = names ? lengthInClause(names) : 0;
  for (const guard of guards.slice(0, MAX_GUARDS)) {
    const likelihoods = likelihoodsOf(guard);
    const length = compactText(guard).length + JOINT + (guard.kind === 'or' ? '()'.length : 0);
    const withGuard = choices.map((choice) => ({
      guards: [...choice.guards, guard],
      likelihoods: choice.likelihoods ? bothOf(choice.likelihoods, likelihoods) : likelihoods,
      length: choice.length + length + (choice.guards.length === 0 ? besideGuards : 0),
    }));
    choices = [...choices, ...withGuard];
  }
  return choices.flatMap(({ likelihoods, ...choice }) =>
    likelihoods === undefined ? [] : [{ ...choice, share: shareOf([likelihoods]) }],
  );
}

type Choice = Omit<GuardChoice, 'share'> & { readonly likelihoods: Likelihoods | undefined };

/** Beside other names they need next to no room of their own; in a clause of their own they need all of it. */
function lengthInClause(names: readonly NameTest[]): number {
  return compactText(nameCondition(names)).length + '()'.length + JOINT;
}
