/**
 * How long the functions take to be ready, as a ratio to a handler that does nothing: each start is a process of its own, from its
 * beginning until aws-lambda-ric asks for the first event. The bundles and the environment are those of the resource graph.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Graph } from '../../scripts/graph/graph.ts';
import { median } from '../measure.ts';

const ROUNDS = process.argv.includes('--quick') ? 7 : 25;
const TARGET = 2.5;
const GRAPH = fileURLToPath(new URL('../../scripts/graph.ts', import.meta.url));
const PRELOAD = new URL('./preload.ts', import.meta.url).href;
const RUNTIME = createRequire(import.meta.resolve('@trailbell/local')).resolve('aws-lambda-ric');

interface Started {
  readonly name: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly startsMs: number[];
}

const folder = mkdtempSync(join(tmpdir(), 'trailbell-cold-start-'));
try {
  const functions = [emptyFunction(), ...deployedFunctions()];
  // They take turns, so that a neighbour on the machine holds up all of them alike. The first round warms the disk's cache.
  for (let round = -1; round < ROUNDS; round++) {
    for (const each of functions) {
      const startMs = start(each);
      if (round >= 0) each.startsMs.push(startMs);
    }
  }
  print(functions);
} finally {
  rmSync(folder, { recursive: true });
}

function emptyFunction(): Started {
  const own = join(folder, 'Empty');
  mkdirSync(own);
  writeFileSync(join(own, 'bundle.mjs'), 'export const handler = async () => {};\n');
  return { name: 'empty', folder: own, environment: {}, startsMs: [] };
}

function deployedFunctions(): readonly Started[] {
  const json = execFileSync(process.execPath, [GRAPH, '--stage', 'bench', '--full', '--functions', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { functions, resources } = JSON.parse(json) as Graph;
  return functions.map(({ functionId, folder: own }) => {
    const deployed = resources.find(({ name }) => name === `${functionId}Function`);
    const { variables } = (deployed?.inputs.environment ?? {}) as { variables: Readonly<Record<string, string>> };
    return { name: functionId.toLowerCase(), folder: own, environment: variables, startsMs: [] };
  });
}

function start({ folder: taskRoot, environment }: Started): number {
  const output = execFileSync(process.execPath, ['--import', PRELOAD, RUNTIME, 'bundle.handler'], {
    cwd: taskRoot,
    encoding: 'utf8',
    env: {
      ...environment,
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      LAMBDA_TASK_ROOT: taskRoot,
      _HANDLER: 'bundle.handler',
    },
  });
  return Number(output.trim().split('\n').at(-1));
}

function print(functions: readonly Started[]): void {
  const emptyMs = median(functions[0]?.startsMs ?? []);
  const rows = functions.map(({ name, folder: own, startsMs }) => {
    const code = readFileSync(join(own, 'bundle.mjs'));
    const ms = median(startsMs);
    return { name, kb: code.length / 1024, gzippedKb: gzipSync(code).length / 1024, ms, ratio: ms / emptyMs };
  });
  console.log(`cold starts: medians of ${ROUNDS} processes each, in turns; target ${TARGET} x an empty handler\n`);
  console.log('| function | bundle KB | gzip KB | ready after ms | x empty |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const { name, kb, gzippedKb, ms, ratio } of rows) {
    console.log(`| ${name} | ${kb.toFixed(0)} | ${gzippedKb.toFixed(0)} | ${ms.toFixed(0)} | ${ratio.toFixed(2)} |`);
  }
  const slow = rows.filter(({ ratio }) => ratio > TARGET).map(({ name }) => name);
  if (slow.length > 0) {
    console.log(`\nover the target: ${slow.join(', ')}`);
    process.exitCode = 1;
  }
}
