import type { Terminal } from '../terminal/terminal.ts';
import type { ReplaySummary } from './replay.ts';

/** The numbers of a replay, a line each. */
export function printSummary(terminal: Terminal, summary: ReplaySummary, tookMs: number): void {
  const { incidents } = summary;
  const rows: readonly (readonly [name: string, value: string])[] = [
    [
      'records',
      `${summary.records}${summary.recordsNotJson > 0 ? `, ${summary.recordsNotJson} of them not JSON` : ''}`,
    ],
    ['matches', `${summary.matches}`],
    ['alarms', `${summary.alarms}`],
    [
      'notifications',
      `${summary.notifications}, ${summary.lost.length} lost${summary.withheld > 0 ? `, ${summary.withheld} more held back` : ''}`,
    ],
    ['duplicates absorbed', `${summary.duplicates}`],
    [
      'incidents',
      `${incidents.opened} opened, ${incidents.merged} merged, ${incidents.resolved} resolved, ${incidents.open} still open`,
    ],
    ['took', `${(tookMs / 1000).toFixed(1)} s`],
  ];
  terminal.line();
  for (const [name, value] of rows) terminal.line(`${terminal.style('dim', name.padEnd(20))} ${value}`);
}

/** True where every incident was closed and every notification arrived. */
export function isClean({ incidents, lost }: ReplaySummary): boolean {
  return incidents.open === 0 && lost.length === 0;
}
