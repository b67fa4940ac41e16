import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { applyFixes, lintRules, type Finding } from '@trailbell/core/lint';
import packageJson from '../../package.json' with { type: 'json' };
import { docsOf } from '../lint/docs-of.ts';
import { findingAsJson } from '../lint/finding-as-json.ts';
import { printFindings } from '../lint/print-findings.ts';
import { sarifLog } from '../lint/sarif.ts';
import { configuredFoldersFromHere } from '../rules/configured-folders.ts';
import { PROJECT_FOLDER } from '../rules/project.ts';
import { readRules } from '../rules/read-rules.ts';
import { counted } from '../terminal/counted.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface LintCommandOptions {
  readonly fix?: boolean;
  readonly json?: boolean;
  /** A file, or `-` for standard output. */
  readonly sarif?: string;
  readonly errorsOnly?: boolean;
  /** `YYYY-MM-DD`. */
  readonly today?: string;
}

/** Exit codes of lint. Notes alone are clean. */
const [CLEAN, FOUND, FAILED] = [0, 1, 2];

/** Mending one thing may bring the next to light; each round mends at least one. */
const MAX_ROUNDS = 20;

/** `trailbell lint`: what is wrong with rules, or looks wrong. Returns the exit code. */
export async function lintCommand(
  paths: readonly string[],
  options: LintCommandOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const startedMs = performance.now();
  const folders = paths.length > 0 ? paths : await configuredFoldersFromHere(terminal);
  if (folders === undefined) return FAILED;
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  let result = await lint(folders, today);
  for (const folder of result.missing) terminal.note(harmless(`${folder}: there is no such file or folder`));
  if (result.files.length === 0) {
    terminal.note('there is no rule file to look at');
    return FAILED;
  }
  if (options.fix === true) {
    let fixed = 0;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const inRound = fixFiles(result.findings);
      if (inRound === 0) break;
      fixed += inRound;
      result = await lint(folders, today);
    }
    terminal.note(`${counted(fixed, 'finding')} mended`);
  }
  const findings = result.findings.filter(({ severity }) => options.errorsOnly !== true || severity === 'error');
  await report(findings, result.rules, performance.now() - startedMs, options, terminal);
  if (result.missing.length > 0) return FAILED;
  return findings.some(({ severity }) => severity !== 'note') ? FOUND : CLEAN;
}

async function lint(folders: readonly string[], today: string) {
  const loaded = await readRules(folders);
  const files = new Map(loaded.files.map(({ path, text }) => [path, text]));
  return { ...loaded, rules: loaded.rules.length, findings: lintRules(loaded, { today, files }) };
}

/** Makes the fixes of all files; returns how many were made. */
function fixFiles(findings: readonly Finding[]): number {
  let made = 0;
  for (const [file, inFile] of Map.groupBy(findings, (finding) => finding.file)) {
    const fixes = inFile.flatMap(({ fix }) => fix ?? []);
    if (fixes.length === 0) continue;
    const { text, fixed } = applyFixes(readFileSync(file, 'utf8'), fixes);
    writeFileSync(file, text);
    made += fixed;
  }
  return made;
}

async function report(
  findings: readonly Finding[],
  rules: number,
  tookMs: number,
  { json = false, sarif }: LintCommandOptions,
  terminal: Terminal,
): Promise<void> {
  if (sarif !== undefined) {
    const pathInRepository = (file: string) => relative(PROJECT_FOLDER, file).split('\\').join('/');
    const log = sarifLog(findings, { version: packageJson.version, docsOf, pathInRepository });
    const text = `${JSON.stringify(log, null, 2)}\n`;
    if (sarif !== '-') writeFileSync(sarif, text);
    else await terminal.write(text);
  }
  if (json) for (const finding of findings) await terminal.write(`${harmlessJson(findingAsJson(finding))}\n`);
  if (!json && sarif !== '-') printFindings(terminal, findings, rules, tookMs);
}
