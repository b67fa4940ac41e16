import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readCompiledRules, type CompiledRules } from '@trailbell/core/compiled-rules';
import type { TrailbellConfig } from '@trailbell/core/config';
import type { Deployment } from './deployment.ts';

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
  const { status, stdout, stderr, error } = spawnSync(projectNode(root), [join(root, 'scripts/compile-rules.ts')], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    input: JSON.stringify({
      projectFolder: root,
      config,
      version: Date.now(),
      ...(stage.heartbeat && { heartbeatOf: name }),
    }),
  });
  if (status !== 0) throw error ?? new Error(stderr.trim());
  const compiled = readCompiledRules(JSON.parse(stdout) as unknown);
  const file = join(work, 'trailbell', $app.stage, 'rules.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stdout);
  return { compiled, file: relative(root, file) };
}

/** The Node that npm installed with the project, where there is one for this platform. */
function projectNode(root: string): string {
  const installed = join(root, 'node_modules/.bin/node');
  return existsSync(installed) ? installed : process.execPath;
}
