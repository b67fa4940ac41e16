import type { LoadedRule, LoadedRules, Position, Problem } from '../rule/index.ts';
import { LINT_CATALOGUE } from './catalogue.ts';
import { complaintsOf, type PlacedComplaint } from './complaints.ts';
import { checkOverlaps } from './checks/overlaps.ts';
import { fixOf } from './fix.ts';
import { ignoreCommentsOf, withoutIgnored, type Anchored } from './ignore-comments.ts';
import { lintedRule, type LintedRule } from './linted-rule.ts';
import type { Finding } from './finding.ts';

export interface LintOptions {
  /** The day on which exceptions are judged: `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** The text of each file that was loaded, by its path: findings elsewhere are left to whoever lints that file. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * What is wrong with rules, or looks wrong: what kept them from being loaded, and what the checks say of those that were. In the
 * order of the files, and of the lines in each; without what a comment in the file ignores for a reason.
 */
export function lintRules(
  { rules, problems }: Pick<LoadedRules, 'rules' | 'problems'>,
  options: LintOptions,
): readonly Finding[] {
  const linted = withBases(rules).map(lintedRule);
  const overlaps = checkOverlaps(linted.filter(({ rule }) => rules.includes(rule)));
  const anchored = [
    ...problems.map(asFinding),
    ...linted.flatMap((rule) =>
      complaintsOf(rule, options.today, overlaps.get(rule) ?? []).map((complaint) => finding(rule, complaint, options)),
    ),
  ].filter(({ finding: { file } }) => options.files.has(file));
  const comments = [...options.files].flatMap(([file, text]) => ignoreCommentsOf(file, text));
  return inOrder(withoutIgnored(unique(anchored), comments), options.files);
}

/** The rules, and those whose place they take: what is wrong with these stands in their own files. */
function withBases(rules: readonly LoadedRule[]): readonly LoadedRule[] {
  const all = new Set<LoadedRule>();
  for (const rule of rules)
    for (let one: LoadedRule | undefined = rule; one !== undefined; one = one.extended?.base) all.add(one);
  return [...all];
}

function asFinding(problem: Problem): Anchored {
  const { line, column } = problem;
  return { finding: { ...problem, severity: 'error', end: { line, column } }, anchorLine: line };
}

function finding(linted: LintedRule, complaint: PlacedComplaint, { files }: LintOptions): Anchored {
  const { code, message, hint, severity, path, start, end } = complaint;
  const { source, name } = linted.rule;
  const fix = fixOf(linted, complaint, files.get(source.file) ?? '');
  return {
    anchorLine: source.keyPositionOf(path).line,
    finding: {
      file: source.file,
      ...start,
      end,
      code,
      severity: severity ?? LINT_CATALOGUE[code].severity,
      message,
      ...(hint !== undefined && { hint }),
      rule: name,
      ...(fix && { fix }),
    },
  };
}

/** Anchors lead several rules to one place, where one finding is enough. */
function unique(anchored: readonly Anchored[]): readonly Anchored[] {
  const seen = new Map<string, Anchored>();
  for (const one of anchored) {
    const { file, line, column, code, message } = one.finding;
    const key = JSON.stringify([file, line, column, code, message]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

function inOrder(findings: readonly Finding[], files: ReadonlyMap<string, string>): readonly Finding[] {
  const order = new Map([...files.keys()].map((file, index) => [file, index]));
  const place = ({ file }: Finding) => order.get(file) ?? files.size;
  const before = (a: Position, b: Position) => a.line - b.line || a.column - b.column;
  return findings.toSorted((a, b) => place(a) - place(b) || before(a, b));
}
