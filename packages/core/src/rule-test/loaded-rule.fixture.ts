import { formatProblem, loadRules, type LoadedRule } from '../rule/index.ts';

/** The one rule of a file, with what lines are added to a name, a title and a severity. The added lines begin at line 4. */
export function ruleWith(lines: string): LoadedRule {
  const { rules, problems } = loadRules([{ path: 'r.yaml', text: `name: r\ntitle: t\nseverity: info\n${lines}\n` }]);
  const [rule] = rules;
  if (rule === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return rule;
}
