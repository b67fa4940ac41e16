import type * as z from 'zod';
import type { Problem } from '../rule/problem.ts';
import { readYaml, type YamlItem } from '../rule/read-yaml.ts';
import { schemaFields } from '../rule/schema-fields.ts';
import { schemaProblems } from '../rule/schema-problems.ts';
import type { YamlSource } from '../rule/yaml-source.ts';
import { silenceHint } from './silence-hints.ts';
import { SILENCE_SCHEMA } from './silence-schema.ts';
import { targetProblems, type SilencedRule } from './silence-targets.ts';
import type { Silence } from './silence.ts';

/** A silence, and where each part of it was written. */
export interface LoadedSilence extends Silence {
  readonly source: YamlSource;
}

export interface SilenceFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadedSilences {
  /** In the order of the files, and of the silences in each. */
  readonly silences: readonly LoadedSilence[];
  /** In the order of the files, and of the lines in each. */
  readonly problems: readonly Problem[];
}

const FIELDS = schemaFields(SILENCE_SCHEMA, 'silence');

/**
 * Reads silence files: YAML, one silence a file, or several as a list or as documents. A silence with a problem is left out, so what
 * it would have silenced rings; of two silences with one name the first stays.
 *
 * @param rules the loaded rules: a silence that names what they do not have is refused
 */
export function loadSilences(files: readonly SilenceFile[], rules: readonly SilencedRule[]): LoadedSilences {
  const silences = new Map<string, LoadedSilence>();
  const problems: Problem[] = [];
  for (const file of files) {
    const yaml = readYaml(file.path, file.text);
    const found: Problem[] = [...yaml.problems];
    for (const item of yaml.items) {
      const loaded = loadSilence(item, rules);
      found.push(...loaded.problems);
      if (loaded.silence === undefined) continue;
      const namesake = silences.get(loaded.silence.name);
      if (namesake === undefined) silences.set(loaded.silence.name, loaded.silence);
      else found.push(duplicateName(loaded.silence, namesake));
    }
    problems.push(...found.sort((a, b) => a.line - b.line || a.column - b.column));
  }
  return { silences: [...silences.values()], problems };
}

function loadSilence(
  { value, source }: YamlItem,
  rules: readonly SilencedRule[],
): { readonly silence?: LoadedSilence; readonly problems: readonly Problem[] } {
  const parsed = SILENCE_SCHEMA.safeParse(value);
  if (!parsed.success) {
    return { problems: schemaProblems(parsed.error, value, source, FIELDS, silenceHint) };
  }
  const silence = withTimes(parsed.data, source);
  const problems = targetProblems(silence, rules);
  return problems.length > 0 ? { problems } : { silence, problems };
}

function withTimes({ from, until, ...silence }: z.output<typeof SILENCE_SCHEMA>, source: YamlSource): LoadedSilence {
  return { ...silence, fromMs: Date.parse(from), untilMs: Date.parse(until), source };
}

function duplicateName({ name, source }: LoadedSilence, namesake: LoadedSilence): Problem {
  return {
    file: source.file,
    ...source.positionOf(['name']),
    code: 'duplicate-silence-name',
    message: `the name ${name} is taken by the silence at ${namesake.source.file}:${namesake.source.positionOf(['name']).line}`,
    hint: 'logs say which silence held a page back by its name; give this one another',
  };
}
