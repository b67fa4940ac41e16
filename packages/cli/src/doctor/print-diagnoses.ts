import type { Diagnosis, Finding } from '@trailbell/core/doctor';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

const MARKS = { ok: ['✓', 'green'], unknown: ['?', 'yellow'], warning: ['!', 'yellow'], error: ['✗', 'red'] } as const;

/** The checklist: each check with its mark, and under what is not well what to do and where to read on. */
export function printDiagnoses(terminal: Terminal, diagnoses: readonly Diagnosis[]): void {
  for (const { about, findings } of diagnoses) {
    if (findings.length === 0) continue;
    terminal.line(terminal.style('bold', about));
    for (const finding of findings) printFinding(terminal, finding);
    terminal.line();
  }
  const of = (status: Finding['status']) =>
    diagnoses.flatMap(({ findings }) => findings).filter((finding) => finding.status === status).length;
  const unknown = of('unknown') === 0 ? '' : `, ${of('unknown')} could not be looked at`;
  terminal.line(`${of('ok')} well, ${counted(of('warning'), 'warning')}, ${counted(of('error'), 'error')}${unknown}.`);
}

function printFinding(terminal: Terminal, { code, status, seen, cure, docs }: Finding): void {
  const [mark, style] = MARKS[status];
  terminal.line(`  ${terminal.style(style, mark)} ${harmless(seen)}${status === 'ok' ? '' : ` [${code}]`}`);
  if (cure === undefined) return;
  terminal.line(`      ${harmless(cure)}`);
  terminal.line(`      ${docs}`);
}
