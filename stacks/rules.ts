import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readCompiledRules, type CompiledRules } from '@trailbell/core/compiled-rules';
import type { TrailbellConfig } from '@trailbell/core/config';
import type { Deployment } from './deployment.ts';
import { runScript } from './run-script.ts';

export interface DeployedRules {
  readonly compiled: CompiledRules;
  /** Where they were written, from the project's folder. */
  readonly file: string;
}

/**
 * Compiles the user's rules and writes them for the functions. Throws with every problem, each with its file and line, before
 * anything is created. Their version is the time of the deploy, so that a rollback too is newer than what it replaces; each deploy
 * therefore updates the functions' code, also where nothing else has changed.
 */
export function compileUserRules({ stage, name }: Deployment, config: TrailbellConfig): DeployedRules {
  const { root, work } = $cli.paths;
  const stdout = runScript('compile-rules.ts', {
    projectFolder: root,
    config,
    version: Date.now(),
    ...(stage.heartbeat && { heartbeatOf: name }),
  });
  const compiled = readCompiledRules(JSON.parse(stdout) as unknown);
  const file = join(work, 'trailbell', $app.stage, 'rules.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stdout);
  return { compiled, file: relative(root, file) };
}
