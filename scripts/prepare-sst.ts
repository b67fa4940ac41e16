/** Installs SST's platform into .sst where it is missing, because the types of sst.config.ts and stacks/ are in it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../', import.meta.url));
const stamp = `${project}.sst/trailbell-installed`;
const lock = `${project}node_modules/.trailbell-installs-sst`;
const wanted = [
  readFileSync(`${project}node_modules/sst/package.json`, 'utf8'),
  readFileSync(`${project}sst.config.ts`, 'utf8'),
].join('\n');

if (!isInstalled()) {
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    // Another process may have done it in the meantime.
    if (!isInstalled()) install();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isInstalled(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/** Whether this process alone may install now. What a process that died has left behind is cleared away. */
function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (!isHeld()) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Empty for the moment in which it is being written.
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}

function install(): void {
  console.error('installing the SST platform into .sst (about half a minute, once)');
  const { status } = spawnSync(`${project}node_modules/.bin/sst`, ['install', '--stage', 'types'], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      SST_NO_BUN: '1',
      SST_SKIP_DEPENDENCY_CHECK: '1',
      SST_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  });
  if (status !== 0) throw new Error('sst install failed');
  writeFileSync(stamp, wanted);
}
