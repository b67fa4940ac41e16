import { readFileSync } from 'node:fs';
import {
  compareEpisodes,
  readAlarmHistory,
  union,
  type AlarmEpisode,
  type AlarmHistory,
  type EpisodeDifference,
} from '@trailbell/core/migration';
import { compileRules, formatDuration, parseDuration, type LoadedRule } from '@trailbell/core/rule';
import { backtest } from '../backtest/backtest.ts';
import { configuredFolders } from '../rules/configured-folders.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { counted } from '../terminal/counted.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';
import { messageOf } from '../terminal/message-of.ts';

export interface CompareOptions {
  readonly alarmHistory: string;
  readonly rules?: readonly string[];
  /** A duration such as 15m. */
  readonly tolerance: string;
  readonly json?: boolean;
}

const [SAME, DIFFERENT, FAILED] = [0, 1, 2];

interface AlarmComparison {
  readonly alarmName: string;
  /** Absent where no rule stands for the alarm. Several, joined by commas, where its metric adds up several filters. */
  readonly rule?: string;
  readonly agreed: number;
  readonly differences: readonly EpisodeDifference[];
}

/** `trailbell compare`: where our alarms and CloudWatch's rang at other times. Returns the exit code. */
export async function compareCommand(
  paths: readonly string[],
  options: CompareOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const toleranceMs = parseDuration(options.tolerance);
  if (toleranceMs === undefined) {
    terminal.note(harmless(`--tolerance ${options.tolerance}: expected a duration such as 90s, 15m or 1h`));
    return FAILED;
  }
  const history = readHistory(options.alarmHistory, terminal);
  if (history === undefined) return FAILED;
  const { rules, problems, missing } = await readRules(options.rules ?? (await configuredFolders()));
  for (const folder of missing) terminal.note(harmless(`${folder}: there is no such folder of rules`));
  printProblems(problems, terminal);
  if (rules.length === 0) {
    terminal.note('there are no rules to compare with');
    return FAILED;
  }
  const result = await backtest({ compiled: compileRules(rules.map(asPaging), { version: 1 }), paths });
  for (const { file, problem } of result.problems) terminal.note(harmless(`${file}: ${problem}`));
  if (result.records === 0) {
    terminal.note('nothing could be read');
    return FAILED;
  }
  const episodesOf = new Map(result.rules.map(({ name, incidents }) => [name, union(incidents)]));
  const comparisons = compareAll(history, rules, episodesOf, toleranceMs);
  if (options.json === true) terminal.line(harmlessJson(JSON.stringify(comparisons)));
  else for (const comparison of comparisons) show(comparison, terminal);
  const isSame = comparisons.every(({ rule, differences }) => rule !== undefined && differences.length === 0);
  return isSame ? SAME : DIFFERENT;
}

/** Whether a rule pages by now does not matter to when it would have. */
function asPaging(rule: LoadedRule): LoadedRule {
  return { ...rule, mode: 'page' };
}

function readHistory(path: string, terminal: Terminal): AlarmHistory | undefined {
  try {
    const history = readAlarmHistory(JSON.parse(readFileSync(path, 'utf8')));
    if (history === undefined) {
      terminal.note(harmless(`${path}: expected what \`aws cloudwatch describe-alarm-history\` prints`));
    } else if (history.episodes.size === 0) {
      terminal.note(harmless(`${path}: no alarm changed its state in it`));
    }
    if (history !== undefined && history.unreadable > 0) {
      terminal.note(
        harmless(`${path}: ${counted(history.unreadable, 'entry').replace('entrys', 'entries')} could not be read`),
      );
    }
    return history;
  } catch (error) {
    terminal.note(harmless(`${path}: not readable: ${messageOf(error)}`));
    return undefined;
  }
}

/** Each alarm of the history beside its rule, by the name that it was imported with; then rules that rang and have no alarm. */
function compareAll(
  { episodes }: AlarmHistory,
  rules: readonly LoadedRule[],
  ours: ReadonlyMap<string, readonly AlarmEpisode[]>,
  toleranceMs: number,
): readonly AlarmComparison[] {
  const alarmNameOf = ({ name, cloudwatch }: LoadedRule) => cloudwatch?.alarmName ?? name;
  const ofAlarms = [...episodes].map(([alarmName, cloudWatch]): AlarmComparison => {
    const names = rules.filter((candidate) => alarmNameOf(candidate) === alarmName).map(({ name }) => name);
    if (names.length === 0) return { alarmName, agreed: 0, differences: [] };
    const ofRules = union(names.flatMap((name) => ours.get(name) ?? []));
    return { alarmName, rule: names.join(', '), ...compareEpisodes(ofRules, cloudWatch, toleranceMs) };
  });
  const others = rules.filter((rule) => !episodes.has(alarmNameOf(rule)) && rule.cloudwatch?.alarmName !== undefined);
  const ofRules = others.map((rule) => ({
    alarmName: alarmNameOf(rule),
    rule: rule.name,
    ...compareEpisodes(ours.get(rule.name) ?? [], [], toleranceMs),
  }));
  return [...ofAlarms, ...ofRules.filter(({ differences }) => differences.length > 0)];
}

function show({ alarmName, rule, agreed, differences }: AlarmComparison, terminal: Terminal): void {
  if (rule === undefined) {
    terminal.line(harmless(`${alarmName}: no rule stands for this alarm`));
    return;
  }
  const verdict =
    differences.length === 0 ? `${counted(agreed, 'episode')}, all alike` : counted(differences.length, 'difference');
  terminal.line(harmless(`${alarmName} (rule ${rule}): ${verdict}`));
  for (const difference of differences) terminal.line(harmless(`  ${lineOf(difference)}`));
}

function lineOf(difference: EpisodeDifference): string {
  switch (difference.kind) {
    case 'only-ours':
      return `${spanOf(difference.episode)}: Trailbell alone`;
    case 'only-cloudwatch':
      return `${spanOf(difference.episode)}: CloudWatch alone`;
    case 'alarm-time':
      return `${spanOf(difference.ours)}: CloudWatch's ALARM came ${laterOrEarlier(difference.delayMs)}`;
    case 'ok-time':
      return `${spanOf(difference.ours)}: CloudWatch's OK came ${laterOrEarlier(difference.delayMs)}`;
  }
}

function spanOf({ openedMs, resolvedMs }: AlarmEpisode): string {
  const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return `${time(openedMs)} to ${resolvedMs === undefined ? 'an unknown end' : time(resolvedMs)}`;
}

function laterOrEarlier(delayMs: number): string {
  return `${formatDuration(Math.round(Math.abs(delayMs) / 1000) * 1000)} ${delayMs > 0 ? 'later' : 'earlier'}`;
}
