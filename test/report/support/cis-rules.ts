import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../rules/cis/', import.meta.url);

/** The texts of the pack's rule files. */
export function cisRules(): readonly string[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
}
