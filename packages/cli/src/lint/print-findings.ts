import type { Finding, FindingSeverity } from '@trailbell/core/lint';
import { docsPageOf } from '@trailbell/core/lint';
import { formatProblem } from '@trailbell/core/rule';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

const COLOURS = { error: 'red', warning: 'yellow', note: 'blue' } as const satisfies Record<FindingSeverity, string>;

/** The findings, one a line, and how many there are. */
export function printFindings(terminal: Terminal, findings: readonly Finding[], rules: number, tookMs: number): void {
  for (const finding of findings) {
    const { code, severity } = finding;
    const level = terminal.style(COLOURS[severity], severity);
    const line = harmless(formatProblem(finding));
    const place = line.indexOf(` ${code}: `);
    terminal.line(`${line.slice(0, place)} ${level}${line.slice(place)}`);
  }
  const pages = [...new Set(findings.map(({ code }) => docsPageOf(code).replace(/#.*$/, '')))];
  if (pages.length > 0) terminal.line(terminal.style('dim', `Each code is explained in ${pages.join(', ')}`));
  terminal.line(
    `${counted(rules, 'rule')}: ${summary(terminal, findings)} ${terminal.style('dim', `(${(tookMs / 1000).toFixed(1)} s)`)}`,
  );
}

function summary(terminal: Terminal, findings: readonly Finding[]): string {
  const counts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [terminal.style(COLOURS[severity], counted(count, severity))];
  });
  return counts.length === 0 ? terminal.style('green', 'nothing found') : counts.join(', ');
}
