import { isJsonObject } from '../json/index.ts';
import { closestWord } from './closest-word.ts';
import { oneOf } from './describe-value.ts';
import { expandItem } from './expand-item.ts';
import { extendRule } from './extend-rule.ts';
import type { LoadedRule } from './loaded-rule.ts';
import { parseRule, type ParsedRule, type RuleContext } from './parse-rule.ts';
import type { Problem } from './problem.ts';
import type { YamlItem } from './read-yaml.ts';

/** A document of a rule file, before it is known whether it is a good rule. */
interface Entry {
  readonly item: YamlItem;
  /** Folder and name, as `extends` names rules; undefined where the name is no text. */
  readonly key: string | undefined;
  /** The key of the rule that it changes. */
  readonly extends: string | undefined;
}

/** The rules of all files, each read when it is asked for, so that a rule may change one of a later file. */
export class RuleCatalog {
  readonly #context: RuleContext;
  readonly #entries: readonly Entry[];
  readonly #byItem: ReadonlyMap<YamlItem, Entry>;
  readonly #parsed = new Map<Entry, ParsedRule>();

  /** @param items the documents of rules; of two with the same folder and name the first is the one that can be extended */
  constructor(items: readonly YamlItem[], context: RuleContext) {
    this.#context = context;
    this.#entries = items.map(entryOf);
    this.#byItem = new Map(this.#entries.map((entry) => [entry.item, entry]));
  }

  /** The rule that a document makes, through all that it extends. */
  rule(item: YamlItem): ParsedRule {
    const entry = this.#byItem.get(item);
    return entry === undefined ? { problems: [] } : this.#parse(entry, []);
  }

  #parse(entry: Entry, trail: readonly Entry[]): ParsedRule {
    const known = this.#parsed.get(entry);
    if (known !== undefined) return known;
    const parsed = this.#parseAnew(entry, trail);
    this.#parsed.set(entry, parsed);
    return parsed;
  }

  #parseAnew(entry: Entry, trail: readonly Entry[]): ParsedRule {
    const item = expandItem(entry.item, this.#context.shared);
    if (entry.extends === undefined) return parseRule(item, this.#context);
    const base = this.#baseOf(entry, entry.extends);
    if (base === undefined) return refused(entry, this.#unknownBase(entry, entry.extends));
    if (base === entry || trail.includes(base)) return refused(entry, cycle([...trail, entry, base]));
    const { rule } = this.#parse(base, [...trail, entry]);
    if (rule === undefined) return refused(entry, brokenBase(base));
    return extendRule(rule, item, this.#context);
  }

  /** A rule that takes the place of another in the same folder has its key: it is never the one that is meant. */
  #baseOf(entry: Entry, key: string): Entry | undefined {
    const named = this.#entries.filter((other) => other.key === key);
    return named.find((other) => other.extends !== key) ?? named.find((other) => other === entry);
  }

  #unknownBase(entry: Entry, key: string): Pick<Problem, 'code' | 'message' | 'hint'> {
    const keys = this.#entries.flatMap((other) => (other === entry || other.key === undefined ? [] : [other.key]));
    const sameName = keys.find((other) => nameOf(other) === nameOf(key));
    const close = sameName ?? closestWord(key, keys);
    const folders = [...new Set(keys.map((other) => other.split('/', 1).join('')))].sort();
    return {
      code: 'unknown-base',
      message: `there is no rule ${key} to extend`,
      hint: close === undefined ? `expected folder/name, of the folders ${oneOf(folders)}` : `did you mean ${close}?`,
    };
  }
}

function entryOf(item: YamlItem): Entry {
  const { value, source } = item;
  const fields = isJsonObject(value) ? value : {};
  const base = 'extends' in fields ? String(fields.extends) : undefined;
  const name = nameIn(item);
  const folder = source.file.split(/[\\/]/).at(-2) ?? '';
  return { item, key: name === undefined ? undefined : `${folder}/${name}`, extends: base };
}

/** The name of the rule that a document makes: its own, or that of the rule it extends. Undefined where it is no text. */
export function nameIn({ value }: YamlItem): string | undefined {
  const fields = isJsonObject(value) ? value : {};
  const name = fields.name ?? ('extends' in fields ? nameOf(String(fields.extends)) : undefined);
  return typeof name === 'string' ? name : undefined;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function refused({ item: { source } }: Entry, problem: Pick<Problem, 'code' | 'message' | 'hint'>): ParsedRule {
  return { problems: [{ file: source.file, ...source.positionOf(['extends']), ...problem }] };
}

function cycle(entries: readonly Entry[]): Pick<Problem, 'code' | 'message' | 'hint'> {
  return {
    code: 'extends-in-a-circle',
    message: `the rules extend each other: ${entries.map(({ key = '?' }) => key).join(', ')}`,
    hint: 'one of them must stand for itself',
  };
}

function brokenBase({ key = '', item: { source } }: Entry): Pick<Problem, 'code' | 'message' | 'hint'> {
  return { code: 'broken-base', message: `the rule ${key} has problems of its own, in ${source.file}` };
}

/** Whether a rule extends another under its name, be it through further ones that do. */
export function takesPlaceOf(rule: LoadedRule, other: LoadedRule): boolean {
  const base = replacedBy(rule);
  return base !== undefined && (base === other || takesPlaceOf(base, other));
}

/** The rule whose place an extending rule takes: the one of the same name. */
export function replacedBy(rule: LoadedRule): LoadedRule | undefined {
  const base = rule.extended?.base;
  return base?.name === rule.name ? base : undefined;
}
