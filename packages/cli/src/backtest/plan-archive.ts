import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { planFolder } from './aws/plan-folder.ts';
import { filterOf, type BacktestOptions } from './backtest-options.ts';
import { FAILED, MET } from './exit-codes.ts';
import { printFileProblems } from './print-file-problems.ts';
import { asPaging, rulesToApply } from './rules-to-apply.ts';
import { s3Uri, type S3Location } from './s3-location.ts';
import { planShards, type CutSettings, type Plan } from './shards.ts';

/** `--plan`: cuts the archive into shards, in a folder or in a bucket. Returns the exit code. */
export async function planArchive(
  paths: readonly string[],
  folder: string,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<number> {
  const settings = { paths, filter: filterOf(options), shardBytes: options.shardSize * 1e6 };
  const inBucket = planFolder(folder);
  if (inBucket !== undefined) return planForAws(inBucket, settings, options, terminal);
  return showPlan(await planShards({ ...settings, folder }), folder, terminal);
}

/** The same for the function and the state machine, with the rules that they will apply. */
async function planForAws(
  folder: S3Location,
  settings: CutSettings,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<number> {
  const loaded = await rulesToApply(options, terminal);
  if (loaded === undefined) return FAILED;
  // The SDK is loaded by those who need it.
  const { planInBucket } = await import('./aws/plan-in-bucket.ts');
  const { startCommand } = await import('./aws/start-command.ts');
  const made = await planInBucket({ ...settings, folder, compiled: asPaging(loaded) });
  const exitCode = showPlan(made, s3Uri(folder), terminal);
  if (made.files > 0) {
    terminal.line(`scan them:  ${await startCommand(folder)}`);
    terminal.line(`then merge, with the same rules:  npx trailbell backtest --merge ${s3Uri(folder)}`);
  }
  return exitCode;
}

function showPlan({ shards, files, bytes, problems }: Plan, folder: string, terminal: Terminal): number {
  printFileProblems(problems, terminal);
  terminal.line(
    `${counted(shards.length, 'shard')} of ${counted(files, 'file')}, ${(bytes / 1e6).toFixed(1)} MB: ${harmless(folder)}`,
  );
  return files === 0 || problems.length > 0 ? FAILED : MET;
}
