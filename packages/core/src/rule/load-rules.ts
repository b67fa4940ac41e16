import type { ReadFile } from './example-file.ts';
import type { LoadedRule } from './loaded-rule.ts';
import { filesWithNamesOf, namesakesOf } from './namesakes.ts';
import type { Problem } from './problem.ts';
import { readYaml, type YamlItem } from './read-yaml.ts';
import { replacedBy, RuleCatalog } from './rule-catalog.ts';
import { isShared, readShared, type SharedDefinitions } from './shared-definitions.ts';

export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadedRules {
  /** In the order of the files, and of the rules in each. */
  readonly rules: readonly LoadedRule[];
  /** In the order of the files, and of the lines in each. */
  readonly problems: readonly Problem[];
  /** What the files define for all rules. */
  readonly shared: SharedDefinitions;
}

export interface LoadRulesOptions {
  /** Reads the files that examples and timelines name. Without it they count as missing. */
  readonly readFile?: ReadFile;
  /**
   * Further files whose rules can be extended and whose lists and intervals can be named. Their rules are not among the result, and
   * nothing is reported of them. A file that is to be loaded may stand here too.
   */
  readonly library?: readonly RuleFile[];
  /** The paths of all files that are deployed together: a rule of one cannot have the name of a rule of another. */
  readonly deployedPaths?: ReadonlySet<string>;
}

/** What may refer to another file. A library of packs takes longer to read than the file that does not ask for it. */
const USES_OTHERS = /\bextends\b|=\s*@|\b(?:d|notD)uring\b/;

/**
 * Reads rule files: YAML, one rule a file, or several as a list or as documents. A rule with a problem is left out and takes
 * no other rule with it; of two rules with one name the first stays. A rule that extends another under its name takes its place.
 */
export function loadRules(files: readonly RuleFile[], options: LoadRulesOptions = {}): LoadedRules {
  const { readFile = () => undefined, library = [], deployedPaths = new Set() } = options;
  const paths = new Set(files.map(({ path }) => path));
  const yamls = files.map(({ path, text }) => ({ path, ...readYaml(path, text) }));
  const items = yamls.flatMap((yaml) => yaml.items);
  const used = files.some(({ text }) => USES_OTHERS.test(text)) ? library : filesWithNamesOf(files, library);
  const others = used.filter(({ path }) => !paths.has(path)).flatMap(({ path, text }) => readYaml(path, text).items);
  const shared = readShared(items.filter(isSharedItem), others.filter(isSharedItem));
  const ruleItems = items.filter((item) => !isSharedItem(item));
  const otherRuleItems = others.filter((item) => !isSharedItem(item));
  const catalog = new RuleCatalog([...ruleItems, ...otherRuleItems], { shared, readFile });
  const found = ruleItems.map((item) => catalog.rule(item));
  const parsed = found.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  const { rules, problems } = inForce(parsed);
  const namesakes = namesakesOf(rules, { items: otherRuleItems, catalog, deployedPaths });
  const empty = yamls.filter((yaml) => yaml.items.length === 0 && yaml.problems.length === 0);
  const all = [
    ...yamls.flatMap((yaml) => yaml.problems),
    ...shared.problems,
    ...found.flatMap((one) => one.problems),
    ...problems,
    ...namesakes.map(([rule, namesake]) => duplicateName(rule, namesake)),
    ...empty.map(({ path }) => noRule(path)),
  ];
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const fileOrder = ({ file }: Problem) => order.get(file) ?? files.length;
  return {
    rules,
    shared,
    problems: all.toSorted((a, b) => fileOrder(a) - fileOrder(b) || a.line - b.line || a.column - b.column),
  };
}

/** The rules whose alarms there are: each name once, and of a rule and those that take its place the last. */
function inForce(parsed: readonly LoadedRule[]): Pick<LoadedRules, 'rules' | 'problems'> {
  const problems: Problem[] = [];
  const successors = new Map<LoadedRule, LoadedRule>();
  const spare = new Set<LoadedRule>();
  for (const rule of parsed) {
    const base = replacedBy(rule);
    if (base === undefined) continue;
    const first = successors.get(base);
    if (first === undefined) successors.set(base, rule);
    else {
      problems.push(extendedTwice(rule, first));
      spare.add(rule);
    }
  }
  const rules = new Map<string, LoadedRule>();
  for (const rule of parsed) {
    if (successors.has(rule) || spare.has(rule)) continue;
    const namesake = rules.get(rule.name);
    if (namesake === undefined) rules.set(rule.name, rule);
    else problems.push(duplicateName(rule, namesake));
  }
  return { rules: [...rules.values()], problems };
}

function isSharedItem({ value }: YamlItem): boolean {
  return isShared(value);
}

function extendedTwice(rule: LoadedRule, first: LoadedRule): Problem {
  return {
    file: rule.source.file,
    ...rule.source.positionOf(['extends']),
    code: 'extended-twice',
    message: `the place of the rule ${rule.name} is taken already, at ${placeOf(first)}`,
    hint: 'put both changes into one, or give this rule a name of its own',
  };
}

function duplicateName(rule: LoadedRule, namesake: LoadedRule): Problem {
  return {
    file: rule.source.file,
    ...rule.source.positionOf(['name']),
    code: 'duplicate-rule-name',
    message: `the name ${rule.name} is taken by the rule at ${placeOf(namesake)}`,
    hint: 'alarms are told apart by the names of their rules; give this rule another',
  };
}

function placeOf({ source }: LoadedRule): string {
  return `${source.file}:${source.positionOf(['name']).line}`;
}

function noRule(file: string): Problem {
  return { file, line: 1, column: 1, code: 'no-rule', message: 'there is no rule in this file' };
}
