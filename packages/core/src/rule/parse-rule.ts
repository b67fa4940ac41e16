import type * as z from 'zod';
import type { ExampleSource, EventSource } from './example-event.ts';
import { resolveEvent, type ReadFile } from './example-file.ts';
import type { ExpandedItem } from './expand-item.ts';
import type { LoadedRule } from './loaded-rule.ts';
import { namedIntervals } from './named-intervals.ts';
import type { Problem } from './problem.ts';
import type { RuleExample, RuleTimeline } from './rule.ts';
import { ruleHint } from './rule-hints.ts';
import { RULE_SCHEMA } from './rule-schema.ts';
import { schemaFields } from './schema-fields.ts';
import { schemaProblems } from './schema-problems.ts';
import type { SharedDefinitions } from './shared-definitions.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** What a rule file says, checked and with defaults, but for the files that it names. */
export type RuleData = z.output<typeof RULE_SCHEMA>;

export interface ParsedRule {
  readonly rule?: LoadedRule;
  readonly problems: readonly Problem[];
}

/** What a rule may name that is not in its own document. */
export interface RuleContext {
  readonly shared: SharedDefinitions;
  readonly readFile: ReadFile;
}

const FIELDS = schemaFields(RULE_SCHEMA);

/** Reads a rule that stands for itself. */
export function parseRule({ value, source, names, problems }: ExpandedItem, context: RuleContext): ParsedRule {
  const parsed = RULE_SCHEMA.safeParse(value);
  if (!parsed.success) {
    return { problems: [...problems, ...schemaProblems(parsed.error, value, source, FIELDS, ruleHint)] };
  }
  const { examples, timelines, during, notDuring, ...settings } = parsed.data;
  const events = new RuleEvents(source, context.readFile);
  const intervals = namedIntervals({ during, notDuring }, context.shared, source);
  const sharedValues = namedValues(names, context.shared);
  const rule: LoadedRule = {
    ...settings,
    ...intervals.conditions,
    examples: {
      matches: examples.matches.map((example, index) => events.example(example, ['examples', 'matches', index])),
      ignores: examples.ignores.map((example, index) => events.example(example, ['examples', 'ignores', index])),
    },
    timelines: timelines.map((timeline, index) => events.timeline(timeline, ['timelines', index])),
    source,
    ...(sharedValues.length > 0 && { sharedValues }),
  };
  const found = [...problems, ...intervals.problems, ...events.problems];
  return found.length > 0 ? { problems: found } : { rule, problems: [] };
}

/** The lists behind names, for people who want to know what is compared. */
export function namedValues(names: readonly string[], { values }: SharedDefinitions) {
  return names.map((name) => ({ name, values: values.get(name) ?? [] }));
}

/** Puts the events of files where their names were. */
export class RuleEvents {
  readonly problems: Problem[] = [];
  readonly #source: YamlSource;
  readonly #readFile: ReadFile;

  constructor(source: YamlSource, readFile: ReadFile) {
    this.#source = source;
    this.#readFile = readFile;
  }

  example({ source, ...named }: ExampleSource, path: ValuePath): RuleExample {
    return { ...named, event: this.#event(source, path) };
  }

  timeline(
    { start, events, expect, notifications, name }: RuleData['timelines'][number],
    path: ValuePath,
  ): RuleTimeline {
    const times = <State>(states: readonly { readonly at: number; readonly state: State }[]) =>
      states.map(({ at, state }) => ({ atMs: at, state }));
    return {
      name,
      ...(start !== undefined && { startMs: start }),
      events: events.map(({ at, event }, i) => ({
        atMs: at,
        event: this.#event(event, [...path, 'events', i, 'event']),
      })),
      expect: times(expect),
      ...(notifications && { notifications: times(notifications) }),
    };
  }

  #event(event: EventSource, path: ValuePath): unknown {
    const resolved = resolveEvent(event, this.#source.file, this.#readFile);
    if (resolved.kind === 'event') return resolved.event;
    const { file } = this.#source;
    this.problems.push({ file, ...this.#source.positionOf(path), code: 'example-file', ...resolved.problem });
    return undefined;
  }
}
