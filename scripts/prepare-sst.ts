/** Installs SST's platform into .sst where it is missing, because the types of sst.config.ts and stacks/ are in it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../', import.meta.url));
const stamp = `${project}.sst/trailbell-installed`;
const wanted = [
  readFileSync(`${project}node_modules/sst/package.json`, 'utf8'),
  readFileSync(`${project}sst.config.ts`, 'utf8'),
].join('\n');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
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
  if (status !== 0) {
    console.error('sst install failed');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
