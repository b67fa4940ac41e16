import type { Explanation } from '@trailbell/core/pattern';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

const MARKS = { holds: '✔', fails: '✘', ignored: '·' } as const;
const COLOURS = { holds: 'green', fails: 'red', ignored: 'dim' } as const;

/** An explanation as the lines of a tree: operators branch, comparisons say what they saw and why they held or not. */
export function explanationTree(explanation: Explanation, terminal: Pick<Terminal, 'style'>): readonly string[] {
  return [`  ${describe(explanation, terminal)}`, ...branches(explanation.children, '  ', terminal)];
}

function branches(parts: readonly Explanation[], indent: string, terminal: Pick<Terminal, 'style'>): readonly string[] {
  return parts.flatMap((part, index) => {
    const isLast = index === parts.length - 1;
    const line = `${terminal.style('dim', `${indent}${isLast ? '└─' : '├─'}`)} ${describe(part, terminal)}`;
    return [line, ...branches(part.children, `${indent}${isLast ? '   ' : '│  '}`, terminal)];
  });
}

function describe({ label, verdict, seen, reason }: Explanation, terminal: Pick<Terminal, 'style'>): string {
  const mark = terminal.style(COLOURS[verdict], MARKS[verdict]);
  const what = terminal.style('bold', label === '' ? '(empty)' : harmless(label));
  const saw = seen.length === 0 ? '' : ` saw ${terminal.style('cyan', seen.join(', '))}`;
  return `${mark} ${what}${saw}: ${harmless(reason)}`;
}
