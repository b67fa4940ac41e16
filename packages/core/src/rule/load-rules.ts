import type * as z from 'zod';
import type { ExampleSource, EventSource } from './example-event.ts';
import { resolveEvent, type ReadFile } from './example-file.ts';
import type { Problem } from './problem.ts';
import { readYaml, type YamlItem } from './read-yaml.ts';
import type { Rule, RuleExample } from './rule.ts';
import { ruleHint } from './rule-hints.ts';
import { RULE_SCHEMA } from './rule-schema.ts';
import { schemaFields } from './schema-fields.ts';
import { schemaProblems } from './schema-problems.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** A rule, and where each part of it was written. */
export interface LoadedRule extends Rule {
  readonly source: YamlSource;
}

export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadedRules {
  /** In the order of the files, and of the rules in each. */
  readonly rules: readonly LoadedRule[];
  /** In the order of the files, and of the lines in each. */
  readonly problems: readonly Problem[];
}

export interface LoadRulesOptions {
  /** Reads the files that examples and timelines name. Without it they count as missing. */
  readonly readFile?: ReadFile;
}

const FIELDS = schemaFields(RULE_SCHEMA);

/**
 * Reads rule files: YAML, one rule a file, or several as a list or as documents. A rule with a problem is left out and takes
 * no other rule with it; of two rules with one name the first stays.
 */
export function loadRules(
  files: readonly RuleFile[],
  { readFile = () => undefined }: LoadRulesOptions = {},
): LoadedRules {
  const rules = new Map<string, LoadedRule>();
  const problems: Problem[] = [];
  for (const file of files) {
    const found: Problem[] = [];
    const yaml = readYaml(file.path, file.text);
    found.push(...yaml.problems);
    for (const item of yaml.items) {
      const loaded = loadRule(item, readFile);
      found.push(...loaded.problems);
      if (loaded.rule === undefined) continue;
      const namesake = rules.get(loaded.rule.name);
      if (namesake === undefined) rules.set(loaded.rule.name, loaded.rule);
      else found.push(duplicateName(loaded.rule, namesake));
    }
    if (yaml.items.length === 0 && found.length === 0) found.push(noRule(file.path));
    problems.push(...found.sort((a, b) => a.line - b.line || a.column - b.column));
  }
  return { rules: [...rules.values()], problems };
}

function loadRule(
  { value, source }: YamlItem,
  readFile: ReadFile,
): { readonly rule?: LoadedRule; readonly problems: readonly Problem[] } {
  const parsed = RULE_SCHEMA.safeParse(value);
  if (!parsed.success) return { problems: schemaProblems(parsed.error, value, source, FIELDS, ruleHint) };
  const problems: Problem[] = [];
  const eventAt = (event: EventSource, path: ValuePath): unknown => {
    const resolved = resolveEvent(event, source.file, readFile);
    if (resolved.kind === 'event') return resolved.event;
    problems.push({ file: source.file, ...source.positionOf(path), code: 'example-file', ...resolved.problem });
    return undefined;
  };
  const rule = withEvents(parsed.data, source, eventAt);
  return problems.length > 0 ? { problems } : { rule, problems };
}

/** Puts the events of files where their names were. */
function withEvents(
  { examples, timelines, ...rule }: z.output<typeof RULE_SCHEMA>,
  source: YamlSource,
  eventAt: (event: EventSource, path: ValuePath) => unknown,
): LoadedRule {
  const withEvent = (list: 'matches' | 'ignores') => (example: ExampleSource, index: number) => {
    const { source: event, ...named } = example;
    return { ...named, event: eventAt(event, ['examples', list, index]) } satisfies RuleExample;
  };
  return {
    ...rule,
    examples: {
      matches: examples.matches.map(withEvent('matches')),
      ignores: examples.ignores.map(withEvent('ignores')),
    },
    timelines: timelines.map(({ name, events, expect }, index) => ({
      name,
      events: events.map(({ at, event }, i) => ({
        atMs: at,
        event: eventAt(event, ['timelines', index, 'events', i, 'event']),
      })),
      expect: expect.map(({ at, state }) => ({ atMs: at, state })),
    })),
    source,
  };
}

function duplicateName(rule: LoadedRule, namesake: LoadedRule): Problem {
  return {
    file: rule.source.file,
    ...rule.source.positionOf(['name']),
    code: 'duplicate-rule-name',
    message: `the name ${rule.name} is taken by the rule at ${namesake.source.file}:${namesake.source.positionOf(['name']).line}`,
    hint: 'alarms are told apart by the names of their rules; give this rule another',
  };
}

function noRule(file: string): Problem {
  return { file, line: 1, column: 1, code: 'no-rule', message: 'there is no rule in this file' };
}
