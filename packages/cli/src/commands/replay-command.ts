import { formatConfigProblem, type TrailbellConfig } from '@trailbell/core/config';
import type { LoadedRule } from '@trailbell/core/rule';
import { inOrder } from '../input/in-order.ts';
import { STANDARD_INPUT } from '../input/input-files.ts';
import { readInput } from '../input/read-input.ts';
import type { InputRecord } from '../input/read-record.ts';
import { notificationLine } from '../replay/notification-line.ts';
import { printSummary } from '../replay/print-summary.ts';
import { replay } from '../replay/replay.ts';
import { Timeline } from '../replay/timeline.ts';
import { readConfig, ruleFoldersOf } from '../rules/project.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { readSilences } from '../rules/read-silences.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface ReplayOptions {
  readonly rules?: readonly string[];
  readonly json?: boolean;
  readonly speed?: number;
}

/** Exit codes of replay. */
const [CLEAN, LOST, NOTHING_READ] = [0, 1, 2];

/** How many problems of a file are named one by one. */
const NAMED_PROBLEMS = 20;

/** `trailbell replay`: the user's own records through the whole pipeline. Returns the exit code. */
export async function replayCommand(paths: readonly string[], options: ReplayOptions): Promise<number> {
  const terminal = new Terminal();
  const startedMs = performance.now();
  const { config, problems } = await readConfig();
  for (const problem of problems) terminal.note(harmless(`trailbell.config.ts: ${formatConfigProblem(problem)}`));
  if (config === undefined) return NOTHING_READ;
  const rules = await loadedRules(options.rules ?? ruleFoldersOf(config), terminal);
  const silences = await loadedSilences(config, rules, terminal);
  const { records, withoutTime } = inOrder(await readAll(paths.length === 0 ? [STANDARD_INPUT] : paths, terminal));
  if (records.length === 0) {
    terminal.note('nothing could be read');
    return NOTHING_READ;
  }
  if (rules.length === 0) {
    terminal.note('there is no rule to apply: name a folder of rule files with --rules');
    return NOTHING_READ;
  }
  if (withoutTime > 0) {
    const records = withoutTime === 1 ? '1 record has' : `${withoutTime} records have`;
    terminal.note(`${records} no usable eventTime: the time of the record before is taken`);
  }
  const timeline = new Timeline(terminal);
  const summary = await replay({
    config,
    rules,
    silences,
    records,
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    onEvent: (event) => {
      if (options.json !== true) {
        timeline.show(event);
        return;
      }
      const line = notificationLine(event);
      if (line !== undefined) terminal.line(JSON.stringify(line));
    },
    onProgress: (delivered, atMs) => {
      terminal.progress(`${delivered} of ${records.length} records  ${new Date(atMs).toISOString().slice(0, 19)}`);
    },
    onRefused: (record, why) => {
      terminal.note(`the record of ${new Date(record.timeMs).toISOString()} was left out: ${why}`);
    },
  });
  if (options.json !== true) printSummary(terminal, summary, performance.now() - startedMs);
  for (const what of summary.lost) terminal.note(harmless(`lost: ${what}`));
  return summary.lost.length === 0 ? CLEAN : LOST;
}

async function loadedRules(folders: readonly string[], terminal: Terminal) {
  const { rules, problems, missing } = await readRules(folders);
  for (const folder of missing) terminal.note(harmless(`${folder}: there is no such folder of rules`));
  printProblems(problems, terminal);
  return rules;
}

async function loadedSilences(config: TrailbellConfig, rules: readonly LoadedRule[], terminal: Terminal) {
  const { silences, problems, missing } = await readSilences(config, rules);
  for (const folder of missing) terminal.note(harmless(`${folder}: there is no such folder of silences`));
  printProblems(problems, terminal);
  return silences;
}

async function readAll(paths: readonly string[], terminal: Terminal): Promise<readonly InputRecord[]> {
  const records: InputRecord[] = [];
  const problems = new Map<string, number>();
  for await (const item of readInput(paths)) {
    switch (item.kind) {
      case 'file':
        terminal.progress(`reading ${harmless(item.file)}`);
        break;
      case 'record':
        records.push(item.record);
        break;
      case 'problem': {
        const { file, line, why } = item.problem;
        const count = (problems.get(file) ?? 0) + 1;
        problems.set(file, count);
        if (count <= NAMED_PROBLEMS) terminal.note(harmless(`${file}${line === undefined ? '' : `:${line}`}: ${why}`));
      }
    }
  }
  for (const [file, count] of problems) {
    if (count > NAMED_PROBLEMS)
      terminal.note(harmless(`${file}: ${count - NAMED_PROBLEMS} more that could not be read`));
  }
  return records;
}
