/**
 * The backtest against the least that reading an archive takes, and against jq and DuckDB. `npm run bench -- backtest`; with `--copies 10`
 * over an archive of 2 GB in place of 0.4, in which the command's start counts for less.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { backtest } from '@trailbell/cli/backtest/backtest';
import { scanFiles } from '@trailbell/cli/backtest/scan-pool';
import { RuleSet } from '@trailbell/core/matcher';
import { parsePattern } from '@trailbell/core/pattern';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { median } from '../measure.ts';
import { CIS_PATTERNS } from '../workload/patterns.ts';
import { countWithDuckDb, duckDbVersion, openDuckDb } from './duckdb.ts';
import { countWithJq, jqVersion } from './jq.ts';
import { makeArchive } from './made-archive.ts';

const RESULTS = new URL('../results.json', import.meta.url);
const COMMAND = new URL('../../packages/cli/bin/trailbell.js', import.meta.url).pathname;

const PARSE = 'read + gunzipSync + JSON.parse';
const COMMAND_NAME = 'the command, from its start';

const { values: options } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, copies: { type: 'string', default: '2' } },
});
const isQuick = options.quick === true;
const ROUNDS = isQuick ? 3 : 5;
const SIZE = isQuick ? { records: 40_000, copies: 1 } : { records: 160_000, copies: Number(options.copies) };
/** The peers are slow: they are given this part of the files. */
const PEER_SHARE = isQuick ? 1 / 4 : 1 / 8;

interface Contender {
  readonly name: string;
  /** The part of the archive that it is given. */
  readonly share: number;
  readonly threads: number;
  /** Whether all of the work is done by this process, which then knows the time that it took of the processors. */
  readonly isInProcess: boolean;
  run(): unknown;
}

/** Milliseconds for the whole archive. */
interface Time {
  readonly wallMs: number;
  /** Of all processors together: what neighbours on the machine hardly change. */
  readonly processorMs: number | undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'trailbell-bench-backtest-'));
const archiveFolder = join(folder, 'archive');
const archive = makeArchive(archiveFolder, SIZE);
const { files } = archive;
const peerFiles = files.slice(0, Math.ceil(files.length * PEER_SHARE));
const peerShare = peerFiles.length / files.length;
const cores = availableParallelism();

const ruleTexts = CIS_PATTERNS.map((filterPattern, index) =>
  JSON.stringify({ name: `cis-${index + 1}`, title: `CIS ${index + 1}`, severity: 'info', filterPattern }),
);
const { rules } = loadRules(ruleTexts.map((text, index) => ({ path: `${index}.yaml`, text })));
const compiled = compileRules(rules, { version: 1 });
const patterns = compiled.rules.map(({ filterPattern }) => parsePattern(filterPattern));
const rulesFolder = join(folder, 'rules.yaml');
writeFileSync(rulesFolder, ruleTexts.join('\n---\n'));

const jq = jqVersion();
const duckDb = await openDuckDb(1);
const allCoresDuckDb = await openDuckDb(cores);
const expected = matchedRecords(peerFiles);

const commandArguments = ['backtest', '--json', '--rules', rulesFolder, archiveFolder];
const contenders: readonly Contender[] = [
  whole('read + gunzipSync', 1, () => {
    for (const file of files) gunzipSync(readFileSync(file));
  }),
  whole(PARSE, 1, () => {
    for (const file of files) JSON.parse(gunzipSync(readFileSync(file)).toString());
  }),
  whole('scan', 1, () => scanFiles(files, compiled, 1, () => undefined)),
  whole('scan', cores, () => scanFiles(files, compiled, cores, () => undefined)),
  whole('scan and alarms', 1, () => backtest({ compiled, paths: [archiveFolder], threads: 1 })),
  command(1, () =>
    execFileSync(process.execPath, [COMMAND, ...commandArguments, '--threads', '1'], { maxBuffer: 1e9 }),
  ),
  command(cores, () => execFileSync(process.execPath, [COMMAND, ...commandArguments], { maxBuffer: 1e9 })),
  ...(jq === undefined ? [] : [part(`gzip -dc | ${jq}`, 1, false, () => countWithJq(peerFiles, patterns))]),
  part(`DuckDB ${await duckDbVersion(duckDb)}`, 1, true, () => countWithDuckDb(duckDb, peerFiles, patterns)),
  part(`DuckDB ${await duckDbVersion(duckDb)}`, cores, true, () =>
    countWithDuckDb(allCoresDuckDb, peerFiles, patterns),
  ),
];

try {
  const times = await measured();
  print(times);
  write(times);
} finally {
  duckDb.closeSync();
  allCoresDuckDb.closeSync();
  rmSync(folder, { recursive: true });
}

function whole(name: string, threads: number, run: () => unknown): Contender {
  return { name, threads, share: 1, isInProcess: true, run };
}

function command(threads: number, run: () => unknown): Contender {
  return { name: COMMAND_NAME, threads, share: 1, isInProcess: false, run };
}

/** A peer, whose answer must be ours. */
function part(name: string, threads: number, isInProcess: boolean, count: () => number | Promise<number>): Contender {
  return {
    ...{ name, threads, share: peerShare, isInProcess },
    run: async () => {
      const found = await count();
      if (found !== expected) throw new Error(`${name} finds ${found} records, not ${expected}`);
    },
  };
}

function matchedRecords(of: readonly string[]): number {
  const ruleSet = RuleSet.compile(compiled.rules, { image: Buffer.from(compiled.scannerImage, 'base64') });
  return of.reduce((sum, file) => {
    const found = ruleSet.matchPackedArchive(readFileSync(file));
    return sum + (found.kind === 'records' ? found.matched.length : NaN);
  }, 0);
}

/** The medians over the rounds; all take turns in one process. */
async function measured(): Promise<ReadonlyMap<Contender, Time>> {
  const times = new Map(contenders.map((contender) => [contender, [] as { wallMs: number; processorMs: number }[]]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const [startedMs, used] = [performance.now(), process.cpuUsage()];
      await contender.run();
      const wallMs = (performance.now() - startedMs) / contender.share;
      const { user, system } = process.cpuUsage(used);
      if (round >= 0) times.get(contender)?.push({ wallMs, processorMs: (user + system) / 1000 / contender.share });
    }
  }
  return new Map(
    [...times].map(([contender, values]): [Contender, Time] => [
      contender,
      {
        wallMs: median(values.map(({ wallMs }) => wallMs)),
        processorMs: contender.isInProcess ? median(values.map(({ processorMs }) => processorMs)) : undefined,
      },
    ]),
  );
}

function figures(ms: number) {
  return {
    megabytesPerSecond: Math.round(archive.bytes / 1000 / ms),
    recordsPerSecond: Math.round((archive.records / ms) * 1000),
  };
}

function print(times: ReadonlyMap<Contender, Time>): void {
  const floor = timeOf(times, PARSE, 1);
  console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`);
  console.log(
    `${archive.records.toLocaleString('en')} made-up records in ${files.length} files, ${Math.round(archive.bytes / 1e6)} MB of JSON; 15 rules\n`,
  );
  if (jq === undefined) console.log('jq is left out: it is not installed.\n');
  console.log(
    '| what | threads | MB/s of JSON | records/s | times gunzip + JSON.parse | the same, by processor time |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const [{ name, threads }, { wallMs, processorMs }] of times) {
    const { megabytesPerSecond, recordsPerSecond } = figures(wallMs);
    const byProcessor = processorMs === undefined ? '' : ((floor.processorMs ?? NaN) / processorMs).toFixed(2);
    console.log(
      `| ${name} | ${threads} | ${megabytesPerSecond} | ${recordsPerSecond.toLocaleString('en')} | ${(floor.wallMs / wallMs).toFixed(2)} | ${byProcessor} |`,
    );
  }
}

/** Adds to what other benches have written. */
function write(times: ReadonlyMap<Contender, Time>): void {
  const scan = timeOf(times, 'scan', 1);
  const peer = (start: string) =>
    [...times].find(([{ name, threads }]) => name.startsWith(start) && threads === 1)?.[1];
  const [floor, duckDbTime, jqTime] = [timeOf(times, PARSE, 1), peer('DuckDB'), peer('gzip -dc')];
  const ratio = (of: number | undefined, to: number | undefined) => Number(((of ?? NaN) / (to ?? NaN)).toFixed(2));
  const part = {
    scan: figures(scan.wallMs),
    scanOnAllCores: { threads: cores, ...figures(timeOf(times, 'scan', cores).wallMs) },
    command: figures(timeOf(times, COMMAND_NAME, 1).wallMs),
    timesGunzipAndParse: ratio(floor.wallMs, scan.wallMs),
    timesGunzipAndParseByProcessor: ratio(floor.processorMs, scan.processorMs),
    timesDuckDb: ratio(duckDbTime?.wallMs, scan.wallMs),
    timesDuckDbByProcessor: ratio(duckDbTime?.processorMs, scan.processorMs),
    ...(jqTime !== undefined && { timesJq: ratio(jqTime.wallMs, scan.wallMs) }),
  };
  const results = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as object) : {};
  writeFileSync(RESULTS, `${JSON.stringify({ ...results, backtest: part }, undefined, 2)}\n`);
}

function timeOf(times: ReadonlyMap<Contender, Time>, name: string, threads: number): Time {
  const found = [...times].find(([contender]) => contender.name === name && contender.threads === threads);
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found[1];
}
