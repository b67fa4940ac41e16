import type { RuleFile } from './load-rules.ts';
import type { LoadedRule } from './loaded-rule.ts';
import type { YamlItem } from './read-yaml.ts';
import { nameIn, takesPlaceOf, type RuleCatalog } from './rule-catalog.ts';

/** What may be the name of a rule. */
const NAMES = /\bname:\s*["']?([\w-]+)/g;

/** The files of a library in which a rule may have a name that a rule of these files has: to be read before it is known. */
export function filesWithNamesOf(files: readonly RuleFile[], library: readonly RuleFile[]): readonly RuleFile[] {
  const namesIn = ({ text }: RuleFile) => Array.from(text.matchAll(NAMES), ([, name]) => name);
  const names = new Set(files.flatMap(namesIn));
  return library.filter((file) => namesIn(file).some((name) => names.has(name)));
}

export interface OtherRules {
  /** The documents of rules that are not loaded themselves. */
  readonly items: readonly YamlItem[];
  /** Of all rules, loaded or not. */
  readonly catalog: RuleCatalog;
  readonly deployedPaths: ReadonlySet<string>;
}

/** The loaded rules that have the name of another that is deployed with them, and that one: unless one takes the other's place. */
export function namesakesOf(
  rules: readonly LoadedRule[],
  { items, catalog, deployedPaths }: OtherRules,
): readonly (readonly [LoadedRule, LoadedRule])[] {
  const isDeployed = ({ source }: LoadedRule | YamlItem) => deployedPaths.has(source.file);
  const deployed = rules.filter(isDeployed);
  const names = new Set<string | undefined>(deployed.map(({ name }) => name));
  const others = items
    .filter((item) => isDeployed(item) && names.has(nameIn(item)))
    .flatMap((item) => catalog.rule(item).rule ?? []);
  return deployed.flatMap((rule) => {
    const namesake = others.find(
      (other) => other.name === rule.name && !takesPlaceOf(rule, other) && !takesPlaceOf(other, rule),
    );
    return namesake === undefined ? [] : [[rule, namesake] as const];
  });
}
