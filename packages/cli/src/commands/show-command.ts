import { basename } from 'node:path';
import { formatConfigProblem } from '@trailbell/core/config';
import { closestWord, type LoadedRule } from '@trailbell/core/rule';
import { readConfig, ruleFoldersOf } from '../rules/project.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { ruleLines } from '../show/rule-lines.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface ShowOptions {
  readonly rules?: readonly string[];
}

/** Exit codes of show. */
const [SHOWN, NOT_FOUND] = [0, 2];

/** `trailbell show RULE`: the rule as it is in force. Returns the exit code. */
export async function showCommand(
  name: string,
  options: ShowOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const { config, problems: configProblems } = await readConfig();
  for (const problem of configProblems) terminal.note(harmless(`trailbell.config.ts: ${formatConfigProblem(problem)}`));
  if (config === undefined) return NOT_FOUND;
  const { rules, problems, missing } = await readRules(options.rules ?? ruleFoldersOf(config));
  for (const folder of missing) terminal.note(harmless(`${folder}: there is no such folder of rules`));
  const wanted = basename(name).replace(/\.ya?ml$/, '');
  const rule = rules.find((one) => one.name === wanted);
  if (rule === undefined) {
    printProblems(problems, terminal);
    const close = closestWord(
      wanted,
      rules.map((one) => one.name),
    );
    const hint = close === undefined ? '' : ` (did you mean ${close}?)`;
    terminal.note(harmless(`there is no rule ${name}${hint}`));
    return NOT_FOUND;
  }
  terminal.line(terminal.style('bold', harmless(rule.name)));
  terminal.line(terminal.style('dim', harmless(lineage(rule))));
  const lines = ruleLines(rule, config.routes, Date.now());
  const width = Math.max(...lines.map(({ label }) => label.length)) + 2;
  for (const { label, text, place } of lines) {
    const written = place === undefined ? '' : `  ${terminal.style('dim', harmless(place))}`;
    terminal.line(`${terminal.style('cyan', label.padEnd(width))}${text}${written}`);
  }
  return SHOWN;
}

/** The file of the rule, and of each that it extends. */
function lineage({ source, extended }: LoadedRule): string {
  return extended === undefined ? source.file : `${source.file} extends ${lineage(extended.base)}`;
}
