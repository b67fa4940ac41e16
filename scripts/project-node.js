// The Node that the project runs on: 24, the Lambda runtime it targets. Plain JavaScript, so that an old Node can say what is missing.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

export const REQUIRED_MAJOR = 24;

const installed = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

/** Not the system's folder for temporary files, where others could put something to be run. */
const cache = fileURLToPath(new URL('../node_modules/.cache/trailbell', import.meta.url));

/** True where the running Node can start the project's TypeScript as it stands. */
export function isRecentEnough() {
  return Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR;
}

/** One line for people whose platform npm has no Node 24 for. */
export function tooOldMessage() {
  return `Trailbell needs Node ${REQUIRED_MAJOR} or newer; this is ${process.version} (${process.platform} ${process.arch}) and npm installed none for it: install Node ${REQUIRED_MAJOR} and try again.`;
}

/**
 * Runs a TypeScript file, and keeps what its types were stripped to for the next start: in this process where its Node is recent enough, otherwise in the Node that npm installed.
 * @param {URL} file
 * @param {string[]} args
 */
export async function runWithProjectNode(file, args) {
  if (isRecentEnough()) {
    // The variable is for threads, which do not take over what is enabled here.
    process.env.NODE_COMPILE_CACHE ??= cache;
    module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
    await import(file.href);
    return;
  }
  if (!existsSync(installed)) {
    console.error(tooOldMessage());
    process.exit(1);
  }
  const env = { NODE_COMPILE_CACHE: cache, ...process.env };
  const child = spawn(installed, [fileURLToPath(file), ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}
