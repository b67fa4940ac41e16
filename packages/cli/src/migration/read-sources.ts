import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '@trailbell/core/json';
import {
  type CloudWatchSettings,
  isCliOutput,
  isTemplate,
  isTerraform,
  joined,
  parseTemplate,
  readCliOutput,
  readTemplate,
  readTerraform,
} from '@trailbell/core/migration';
import { whyUnreadable } from '../input/input-files.ts';

export interface ReadSources {
  readonly settings: CloudWatchSettings;
  /** Files that could not be used, and why, one line each. */
  readonly problems: readonly string[];
}

const EXPECTED =
  'expected what `aws logs describe-metric-filters` or `aws cloudwatch describe-alarms` prints, a CloudFormation template, or Terraform';

/**
 * Reads metric filters and alarms from files of any of the kinds that people keep them in. A folder stands for the Terraform
 * files in it; all Terraform files are read as one configuration, because they refer to each other.
 */
export async function readSources(paths: readonly string[]): Promise<ReadSources> {
  const parts: CloudWatchSettings[] = [];
  const problems: string[] = [];
  const terraform: Record<string, unknown>[] = [];
  for (const path of paths.flatMap(filesAt)) {
    try {
      if (statSync(path).isDirectory()) {
        problems.push(`${path}: no Terraform files are in this folder; name other files one by one`);
        continue;
      }
      const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
      if (path.endsWith('.tf')) {
        const { parse } = await import('@cdktf/hcl2json');
        terraform.push(await parse(path, text));
        continue;
      }
      const value = parseFile(text);
      const documents: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const document of documents) {
        if (isCliOutput(document)) parts.push(readCliOutput(document));
        else if (isTemplate(document)) parts.push(readTemplate(document));
        else if (isTerraform(document)) terraform.push(document as Record<string, unknown>);
        else problems.push(`${path}: ${EXPECTED}; found ${describe(document)}`);
      }
      if (documents.length === 0) problems.push(`${path}: ${EXPECTED}; found an empty list`);
    } catch (error) {
      problems.push(`${path}: ${whyUnusable(error)}`);
    }
  }
  if (terraform.length > 0) parts.push(readTerraform(mergedConfiguration(terraform)));
  return { settings: joined(parts), problems };
}

function filesAt(path: string): readonly string[] {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.tf(?:\.json)?$/.test(name));
  return names.length === 0 ? [path] : names.sort().map((name) => join(path, name));
}

/** JSON by its own parser, whose messages people know; anything else as a CloudFormation template in YAML. */
function parseFile(text: string): unknown {
  return /^\s*[[{]/.test(text) ? JSON.parse(text) : parseTemplate(text);
}

function describe(document: unknown): string {
  if (document === null || document === undefined) return 'nothing';
  if (typeof document !== 'object') return `${typeof document} and no object`;
  const keys = Object.keys(document).slice(0, 5);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.map((key) => JSON.stringify(key)).join(', ')}`;
}

function whyUnusable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && 'syscall' in error ? whyUnreadable(error) : `not readable: ${error.message}`;
}

/** Terraform's top level, with the blocks of each kind together. */
function mergedConfiguration(files: readonly Record<string, unknown>[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const file of files) {
    for (const [kind, blocks] of Object.entries(file)) merged[kind] = mergedBlocks(merged[kind], blocks);
  }
  return merged;
}

function mergedBlocks(a: unknown, b: unknown): unknown {
  if (a === undefined) return b;
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  if (!isJsonObject(a) || !isJsonObject(b)) return b;
  const merged: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) merged[key] = mergedBlocks(merged[key], value);
  return merged;
}
