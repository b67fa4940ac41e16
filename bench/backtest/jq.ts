import { execFileSync, spawnSync } from 'node:child_process';
import type { Pattern } from '@trailbell/core/pattern';
import { translate, type PeerComparison } from '../peers/peer.ts';

/** The version of the jq that is installed; undefined where there is none. */
export function jqVersion(): string | undefined {
  const { status, stdout } = spawnSync('jq', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** `gzip -dc | jq`: how many records of the files match one of the patterns. */
export function countWithJq(files: readonly string[], patterns: readonly Pattern[]): number {
  const condition = patterns.map((pattern) => translate(pattern, ofComparison, joined)).join(' or ');
  const program = `[.Records[] | select(${condition})] | length`;
  const output = execFileSync('sh', ['-c', 'gzip -dc "$@" | jq "$PROGRAM"', 'sh', ...files], {
    encoding: 'utf8',
    env: { ...process.env, PROGRAM: program },
  });
  return output
    .split('\n')
    .filter(Boolean)
    .reduce((sum, line) => sum + Number(line), 0);
}

function joined(kind: 'and' | 'or', operands: readonly string[]): string {
  return `(${operands.join(` ${kind} `)})`;
}

function ofComparison(comparison: PeerComparison): string {
  const path = `.${comparison.path}`;
  switch (comparison.kind) {
    case 'equals':
      return `${path} == ${JSON.stringify(comparison.text)}`;
    case 'differs':
      return `(${path} != null and ${path} != ${JSON.stringify(comparison.text)})`;
    case 'prefix':
      return `(${path} // "" | startswith(${JSON.stringify(comparison.text)}))`;
    case 'suffix':
      return `(${path} // "" | endswith(${JSON.stringify(comparison.text)}))`;
    case 'at-least':
      return `(${path} != null and ${path} >= ${comparison.number})`;
    case 'false':
      return `${path} == false`;
    case 'absent':
      return `${path} == null`;
  }
}
