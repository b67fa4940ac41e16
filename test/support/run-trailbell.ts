import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `trailbell` command as a user's shell does, without a terminal. */
export async function runTrailbell(
  args: readonly string[],
  options: {
    readonly input?: string | Buffer;
    readonly folder?: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Sends what Ctrl-C sends, as soon as this is true. */
    readonly interruptWhen?: () => boolean;
  } = {},
): Promise<CommandResult> {
  const command = join(PROJECT_FOLDER, 'packages/cli/bin/trailbell.js');
  const child = spawn(process.execPath, [command, ...args], {
    cwd: options.folder ?? PROJECT_FOLDER,
    env: { ...process.env, ...options.env },
  });
  const { interruptWhen } = options;
  const watch =
    interruptWhen &&
    setInterval(() => {
      if (interruptWhen()) child.kill('SIGINT');
    }, 20);
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(options.input ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const exitCode = await exited;
  clearInterval(watch);
  return { exitCode, stdout, stderr };
}

/** The JSON documents on the lines of a command's output. */
export function jsonLines(output: string): readonly Readonly<Record<string, unknown>>[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
