import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { formatProblem, loadRules, type LoadedRule } from '@trailbell/core/rule';

const PROJECT = join(import.meta.dirname, '../..');

/** The folders of rules that come with Trailbell, in the order in which the page shows them. */
export const PACKS = [
  'cis',
  'identity',
  'defense-evasion',
  'exfiltration',
  'impact',
  'persistence',
  'discovery',
  'tamper',
  'cis-exact',
] as const;
export type PackName = (typeof PACKS)[number];

export interface Pack {
  readonly name: PackName;
  /** In the order of their files. */
  readonly rules: readonly LoadedRule[];
}

/** The packs as they are written. Throws where a rule has a mistake: the packs are ours. */
export function readPacks(): readonly Pack[] {
  return PACKS.map((name) => {
    const folder = join(PROJECT, 'rules', name);
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .toSorted()
      .map((file) => ({ path: relative(PROJECT, join(folder, file)), text: readFileSync(join(folder, file), 'utf8') }));
    const { rules, problems } = loadRules(files);
    if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
    return { name, rules };
  });
}

/** Those that ring: all but the ones that are kept for auditors. */
export function ringingRules(packs: readonly Pack[]): readonly LoadedRule[] {
  return packs.filter(({ name }) => name !== 'cis-exact').flatMap(({ rules }) => rules);
}
