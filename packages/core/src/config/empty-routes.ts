import { closestWord } from '../rule/closest-word.ts';
import { oneOf, quote } from '../rule/describe-value.ts';
import type { Rule } from '../rule/rule.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { Route } from './route.ts';

/** The entries of routes that no rule answers to: a misspelt rule, or rules that all have another severity. */
export function emptyRoutes(
  routes: readonly Route[],
  rules: readonly Pick<Rule, 'name' | 'severity'>[],
): readonly ConfigProblem[] {
  return routes.flatMap((route, index) => {
    if (route.rules === undefined) return [];
    const unknown = route.rules.flatMap((name, at) => unknownRule(name, `routes[${index}].rules[${at}]`, rules));
    if (unknown.length > 0) return unknown;
    return neverTaken(route, `routes[${index}]`, rules);
  });
}

function unknownRule(name: string, field: string, rules: readonly Pick<Rule, 'name'>[]): readonly ConfigProblem[] {
  const names = rules.map((rule) => rule.name);
  if (names.includes(name)) return [];
  const close = closestWord(name, names);
  return [
    {
      code: 'unknown-rule',
      field,
      message: `there is no rule ${quote(name)} in the rule folders`,
      hint: close === undefined ? 'name a rule that is there' : `did you mean ${close}?`,
    },
  ];
}

function neverTaken(
  { rules: names = [], severities }: Route,
  field: string,
  rules: readonly Pick<Rule, 'name' | 'severity'>[],
): readonly ConfigProblem[] {
  if (severities === undefined) return [];
  const found = rules.filter((rule) => names.includes(rule.name)).map(({ severity }) => severity);
  if (found.some((severity) => severities.includes(severity))) return [];
  return [
    {
      code: 'takes-nothing',
      field,
      message: `takes nothing: its rules have the severity ${oneOf([...new Set(found)])}, and it is for ${oneOf(severities)}`,
      hint: 'change one of the lists, or leave it out',
    },
  ];
}
