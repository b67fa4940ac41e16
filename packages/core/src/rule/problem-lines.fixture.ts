import { loadRules } from './load-rules.ts';
import { formatProblem } from './problem.ts';

/** What a rule must say, so that a case need only add what is wrong. The added lines begin at line 5. */
const RULE = `name: a-rule
title: t
severity: info
filterPattern: '{ $.a = 1 }'
`;

const FILES: Readonly<Record<string, string>> = {
  'rules/torn.json': '{ "eventName":',
  'rules/many.json': '{"Records":[]}',
  'rules/record.json': '{}',
};

/** The problems of a rule file, one a line, without the name of the file; and how many rules were loaded all the same. */
export function problemLines(text: string): { readonly problems: readonly string[]; readonly loaded: number } {
  const { problems, rules } = loadRules([{ path: 'rules/x.yaml', text }], { readFile: (path) => FILES[path] });
  return {
    problems: problems.map((problem) => formatProblem({ ...problem, file: '' }).slice(1)),
    loaded: rules.length,
  };
}

/** The same for a good rule to which lines are added. */
export function problemLinesOfRuleWith(addedLines: string): ReturnType<typeof problemLines> {
  return problemLines(`${RULE}${addedLines}\n`);
}
