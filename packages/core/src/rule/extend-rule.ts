import type { ExpandedItem } from './expand-item.ts';
import { EXTENSION_SCHEMA, type ExtensionData } from './extension-schema.ts';
import { inheritedTests } from './inherited-tests.ts';
import type { LoadedRule, Origin, RuleExtension } from './loaded-rule.ts';
import { namedIntervals } from './named-intervals.ts';
import { namedValues, RuleEvents, type ParsedRule, type RuleContext } from './parse-rule.ts';
import type { NamedTimeInterval } from './rule.ts';
import { ruleHint } from './rule-hints.ts';
import { RULE_SCHEMA } from './rule-schema.ts';
import { schemaFields } from './schema-fields.ts';
import { schemaProblems } from './schema-problems.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

const FIELDS = schemaFields(EXTENSION_SCHEMA);

/**
 * A rule with some of its fields changed. Exceptions and references are added, the alarm's settings change one by one, any other
 * field is replaced, and the base's examples and timelines go on testing the result.
 */
export function extendRule(base: LoadedRule, item: ExpandedItem, context: RuleContext): ParsedRule {
  const parsed = EXTENSION_SCHEMA.safeParse(item.value);
  if (!parsed.success) {
    return { problems: [...item.problems, ...schemaProblems(parsed.error, item.value, item.source, FIELDS, ruleHint)] };
  }
  // The schema is made from the rule's by a loop, which types cannot follow.
  const own = parsed.data as unknown as ExtensionData;
  const events = new RuleEvents(item.source, context.readFile);
  const { tests, originOf } = inheritedTests(base, own, events);
  const extended = extensionOf(base, own, originOf);
  const source = sourceOfExtension(item.source, extended);
  const merged = mergedSettings(base, own);
  const checked = RULE_SCHEMA.safeParse(merged);
  if (!checked.success) {
    return { problems: [...item.problems, ...schemaProblems(checked.error, merged, source, FIELDS, ruleHint)] };
  }
  const { during, notDuring, ...settings } = checked.data;
  const intervals = namedIntervals({ during, notDuring }, context.shared, source);
  const used = [...(base.sharedValues ?? []), ...namedValues(item.names, context.shared)];
  const sharedValues = [...new Map(used.map((list) => [list.name, list])).values()];
  const problems = [...item.problems, ...intervals.problems, ...events.problems];
  if (problems.length > 0) return { problems };
  const rule: LoadedRule = {
    ...settings,
    ...intervals.conditions,
    ...tests,
    source,
    ...(sharedValues.length > 0 && { sharedValues }),
    extended,
  };
  return { rule, problems };
}

/** What the result says besides its tests, in the words of a rule file. */
function mergedSettings(base: LoadedRule, { extends: _, ...own }: ExtensionData): Readonly<Record<string, unknown>> {
  const { examples, timelines, source, sharedValues, extended, during, notDuring, ...settings } = base;
  return {
    ...settings,
    ...(during && { during: during.map(nameOf) }),
    ...(notDuring && { notDuring: notDuring.map(nameOf) }),
    ...own,
    references: [...new Set([...base.references, ...(own.references ?? [])])],
    exceptions: [...base.exceptions, ...(own.exceptions ?? [])],
    alarm: { ...base.alarm, ...own.alarm },
    examples: {},
    timelines: [],
  };
}

function nameOf({ name }: NamedTimeInterval): string {
  return name;
}

function extensionOf(
  base: LoadedRule,
  { extends: _, ...own }: ExtensionData,
  originOfTest: (path: ValuePath) => Origin | undefined,
): RuleExtension {
  return {
    base,
    fields: Object.keys(own),
    originOf(path) {
      const [field, second, ...below] = path;
      if (field === undefined) return { from: 'own', path };
      const test = originOfTest(path);
      if (test !== undefined) return test;
      if (field === 'exceptions' && typeof second === 'number') {
        const inherited = base.exceptions.length;
        return second < inherited
          ? { from: 'base', path }
          : { from: 'own', path: [field, second - inherited, ...below] };
      }
      const isOwn =
        Object.hasOwn(own, field) &&
        (field !== 'alarm' || second === undefined || Object.hasOwn(own.alarm ?? {}, second));
      return { from: isOwn ? 'own' : 'base', path };
    },
  };
}

/** Problems of the result are the extending rule's: what was written elsewhere is pointed at where the other rule is named. */
function sourceOfExtension(own: YamlSource, { originOf }: RuleExtension): YamlSource {
  const written = (path: ValuePath) => {
    const origin = originOf(path);
    return origin.from === 'own' ? origin.path : undefined;
  };
  return {
    file: own.file,
    positionOf: (path) => own.positionOf(written(path) ?? ['extends']),
    keyPositionOf: (path) => own.keyPositionOf(written(path) ?? ['extends']),
    positionInText: (path, offset) => {
      const ownPath = written(path);
      return ownPath === undefined ? own.positionOf(['extends']) : own.positionInText(ownPath, offset);
    },
  };
}
