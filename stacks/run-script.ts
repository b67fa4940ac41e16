import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs a script of the project in a process of its own and gives what it printed. SST bundles what stacks/ imports, and YAML's
 * library cannot be bundled so. Throws what the script said went wrong.
 */
export function runScript(name: string, input: unknown): string {
  const { root } = $cli.paths;
  const { status, stdout, stderr, error } = spawnSync(projectNode(root), [join(root, 'scripts', name)], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    input: JSON.stringify(input),
  });
  if (status !== 0) throw error ?? new Error(stderr.trim());
  return stdout;
}

/** The Node that npm installed with the project, where there is one for this platform. */
function projectNode(root: string): string {
  const installed = join(root, 'node_modules/.bin/node');
  return existsSync(installed) ? installed : process.execPath;
}
