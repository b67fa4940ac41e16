import { formatDuration } from '@trailbell/core/rule';
import { counted } from '../terminal/counted.ts';
import { displayWidth } from '../terminal/display-width.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BacktestIncident, BacktestResult, RuleResult } from './backtest-result.ts';
import type { ResultDifference } from './compare-results.ts';
import type { JudgedExpectation } from './expectations.ts';

const DAY_MS = 86_400_000;

/** So many incidents of a difference are named one by one. */
const NAMED_INCIDENTS = 20;

/** A line for each rule that matched, those that would have paged most first. */
export function printResult(terminal: Terminal, result: BacktestResult): void {
  const quiet = result.rules.filter(({ matches }) => matches === 0).length;
  const loud = result.rules
    .filter(({ matches }) => matches > 0)
    .sort((a, b) => b.incidents.length - a.incidents.length || b.matches - a.matches);
  const days = result.firstMs === undefined ? 0 : ((result.lastMs ?? result.firstMs) - result.firstMs) / DAY_MS;
  const rows = [
    ['rule', 'severity', 'matches', 'incidents', 'a week', 'longest', 'mostly'],
    ...loud.map((rule) => rowOf(rule, days)),
  ];
  if (loud.length > 0) for (const line of inColumns(rows)) terminal.line(line);
  if (loud.length > 0) terminal.line();
  if (quiet > 0) terminal.line(`${counted(quiet, 'rule')} matched nothing.`);
  terminal.line(
    `${counted(result.records, 'record')} in ${counted(result.files, 'file')}${spanOf(result)}; ${counted(
      loud.reduce((sum, { incidents }) => sum + incidents.length, 0),
      'incident',
    )} would have paged.`,
  );
  if (result.withoutTime > 0) {
    terminal.note(
      `${counted(result.withoutTime, 'record')} matched and had no usable eventTime: no alarm counts them.`,
    );
  }
}

/** What another version of the rules would have paged otherwise. */
export function printDifference(terminal: Terminal, { newly, noLonger }: ResultDifference, against: string): void {
  terminal.line();
  for (const [title, incidents] of [
    [`Would newly page, against ${against}`, newly],
    [`Would no longer page, against ${against}`, noLonger],
  ] as const) {
    terminal.line(terminal.style('bold', `${harmless(title)}: ${incidents.length}`));
    for (const incident of incidents.slice(0, NAMED_INCIDENTS)) terminal.line(`  ${incidentLine(incident)}`);
    if (incidents.length > NAMED_INCIDENTS) terminal.line(`  and ${incidents.length - NAMED_INCIDENTS} more`);
  }
}

/** Expectations that were not met. */
export function printExpectations(terminal: Terminal, judged: readonly JudgedExpectation[]): void {
  for (const { rule, expected, most, isMet } of judged) {
    if (!isMet) terminal.line(harmless(`${rule}: expected ${expected}, found ${most}`));
  }
}

function rowOf({ name, severity, matches, incidents, longestMs, actors }: RuleResult, days: number): readonly string[] {
  const [[mostly, count] = ['', 0]] = actors;
  return [
    name,
    severity,
    matches.toLocaleString('en-US'),
    incidents.length.toLocaleString('en-US'),
    days < 1 ? '' : ((incidents.length / days) * 7).toFixed(1),
    incidents.length === 0 ? '' : formatDuration(Math.round(longestMs / 1000) * 1000),
    `${harmless(mostly)} (${Math.round((count / matches) * 100)} %)`,
  ];
}

function incidentLine({ rule, group, openedMs, resolvedMs, count, isAtLeast }: BacktestIncident): string {
  const until =
    resolvedMs === undefined ? 'open' : `for ${formatDuration(Math.round((resolvedMs - openedMs) / 1000) * 1000)}`;
  const values = group.length === 0 ? '' : ` (${group.join(', ')})`;
  const matches = `${isAtLeast ? 'at least ' : ''}${counted(count, 'match').replace('matchs', 'matches')}`;
  return harmless(`${new Date(openedMs).toISOString().slice(0, 19)}Z  ${rule}${values}  ${until}, ${matches}`);
}

function spanOf({ firstMs, lastMs }: BacktestResult): string {
  if (firstMs === undefined || lastMs === undefined) return '';
  const [from, to] = [firstMs, lastMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  return from === to ? ` of ${from}` : ` from ${from} to ${to}`;
}

/** Numbers to the right, all else to the left; the last column as it is. */
function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  return rows.map((row, index) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
        const isNumber = column >= 2 && column <= 5;
        if (column === row.length - 1) return cell;
        return isNumber && (index > 0 || column > 1) ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}
