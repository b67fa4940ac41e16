import { closestWord } from '../rule/closest-word.ts';
import { oneOf, quote } from '../rule/describe-value.ts';
import type { Problem } from '../rule/problem.ts';
import type { Rule } from '../rule/rule.ts';
import type { ValuePath } from '../rule/yaml-source.ts';
import type { LoadedSilence } from './load-silences.ts';
import { ACCOUNT_SELECTOR } from './silence.ts';

/** What a silence may name of a rule. */
export type SilencedRule = Pick<Rule, 'name' | 'groupBy'>;

/** What is wrong between a silence and the rules: it names one that there is not, or a group that they do not make. */
export function targetProblems(silence: LoadedSilence, rules: readonly SilencedRule[]): readonly Problem[] {
  const { source, accounts, groups = {} } = silence;
  const names = rules.map(({ name }) => name);
  const at = (path: ValuePath, problem: Pick<Problem, 'code' | 'message' | 'hint'>): Problem => ({
    file: source.file,
    ...source.positionOf(path),
    ...problem,
  });

  const unknown = (silence.rules ?? []).flatMap((name, index) =>
    names.includes(name)
      ? []
      : [
          at(['rules', index], {
            code: 'unknown-rule',
            message: `no rule is called ${quote(name)}`,
            ...didYouMean(name, names),
          }),
        ],
  );
  const named = rules.filter(({ name }) => silence.rules?.includes(name) ?? true);
  // A rule whose own file has a problem must not make the silence look wrong as well.
  if (unknown.length > 0 || named.length === 0) return unknown;

  const selectors = [...new Set(named.flatMap(({ groupBy }) => groupBy))];
  const whose = silence.rules === undefined ? 'no rule' : 'none of these rules';
  const ungrouped = Object.keys(groups).flatMap((selector) =>
    selectors.includes(selector)
      ? []
      : [
          at(['groups', selector], {
            code: 'unknown-group',
            message: `${whose} is grouped by ${quote(selector)}; expected ${oneOf(selectors) || 'no groups'}`,
            ...didYouMean(selector, selectors),
          }),
        ],
  );
  if (accounts === undefined || selectors.includes(ACCOUNT_SELECTOR)) return ungrouped;
  return [
    ...ungrouped,
    at(['accounts'], {
      code: 'unknown-group',
      message: `${whose} is grouped by ${ACCOUNT_SELECTOR}, so an alarm may be about several accounts`,
      hint: `add ${ACCOUNT_SELECTOR} to the groupBy of the rule, or silence the rule in all accounts`,
    }),
  ];
}

function didYouMean(word: string, known: readonly string[]): { readonly hint?: string } {
  const close = closestWord(word, known);
  return close === undefined ? {} : { hint: `did you mean ${close}?` };
}
