import { isJoined, expressionHolds } from '../pattern/expression.ts';
import {
  compilePattern,
  formatPattern,
  parseEvent,
  parsePattern,
  type Expression,
  type JsonComparison,
  type JsonPattern,
  type ParsedEvent,
} from '../pattern/index.ts';
import { whereWritten, type LoadedRule, type Position } from '../rule/index.ts';
import { messageOf } from './message-of.ts';

/** A part of a rule that could be taken out without a test noticing. */
export interface Uncovered extends Position {
  readonly file: string;
  readonly kind: 'clause' | 'exception';
  /** The comparison, or the exception's pattern. */
  readonly text: string;
}

export interface RuleCoverage {
  readonly hasTests: boolean;
  readonly clauses: number;
  readonly exceptions: number;
  readonly uncovered: readonly Uncovered[];
}

/**
 * What of a rule its tests hold on to. A clause is covered by a record for which the pattern would say something else without it: one
 * that it alone keeps out, or, of alternatives, one that it alone lets in. An exception is covered by a record that it alone takes out.
 * Of a shared list one entry is enough. Clauses are those of JSON patterns.
 */
export function coverageOf(rule: LoadedRule): RuleCoverage {
  const { examples, timelines } = rule;
  const events = [...examples.matches, ...examples.ignores, ...timelines.flatMap(({ events }) => events)];
  const parsed = events.map(({ event }) => parseEvent(messageOf(event)));
  const pattern = parsePattern(rule.filterPattern);
  const clauses = pattern.kind === 'json' ? clauseCoverage(rule, pattern, parsed) : [];
  const exceptions = exceptionCoverage(rule, parsed);
  return {
    hasTests: events.length > 0,
    clauses: clauses.length,
    exceptions: exceptions.length,
    uncovered: [...clauses, ...exceptions].flatMap(({ isCovered, part }) => (isCovered ? [] : [part])),
  };
}

interface Covered {
  readonly isCovered: boolean;
  readonly part: Uncovered;
}

function clauseCoverage(
  rule: LoadedRule,
  { condition }: JsonPattern,
  events: readonly ParsedEvent[],
): readonly Covered[] {
  const clauses = clausesOf(condition, 'and');
  const tests = new Map(clauses.map(({ comparison }) => [comparison, testOf(comparison)]));
  const truths = events.map((event) => new Map([...tests].map(([comparison, holds]) => [comparison, holds(event)])));
  const { file } = whereWritten(rule, ['filterPattern']);
  const source = sourceOfPattern(rule);
  const covered = clauses.map((clause) => ({
    isCovered: truths.some((truth) => isMissed(condition, clause, truth)),
    part: {
      file,
      ...source.positionInText(['filterPattern'], clause.comparison.span.offset),
      kind: 'clause' as const,
      text: formatPattern({ kind: 'json', condition: clause.comparison }).slice(2, -2),
    },
  }));
  // The comparisons that a shared list became stand at one place.
  return [...Map.groupBy(covered, ({ part: { line, column } }) => `${line}:${column}`).values()].flatMap((atPlace) => {
    const found = atPlace.find(({ isCovered }) => isCovered) ?? atPlace[0];
    return found === undefined ? [] : [found];
  });
}

/** The source of the rule that says the pattern. */
function sourceOfPattern({ source, extended }: LoadedRule): LoadedRule['source'] {
  return extended?.originOf(['filterPattern']).from === 'base' ? sourceOfPattern(extended.base) : source;
}

interface Clause {
  readonly comparison: JsonComparison;
  /** What joins it to its neighbours. */
  readonly joint: 'and' | 'or';
}

function clausesOf(expression: Expression<JsonComparison>, joint: Clause['joint']): readonly Clause[] {
  if (!isJoined(expression)) return [{ comparison: expression, joint }];
  return expression.operands.flatMap((operand) => clausesOf(operand, expression.kind));
}

function testOf(comparison: JsonComparison): (event: ParsedEvent) => boolean {
  const compiled = compilePattern({ kind: 'json', condition: comparison });
  return (event) => compiled.matchesEvent(event);
}

/** Whether the pattern would say something else of a record if the clause were not in it: an operand of `and` left out is true. */
function isMissed(
  condition: Expression<JsonComparison>,
  { comparison, joint }: Clause,
  truth: ReadonlyMap<JsonComparison, boolean>,
): boolean {
  const without = joint === 'and';
  if (truth.get(comparison) === without) return false;
  const holds = (value: boolean) =>
    expressionHolds(condition, (other) => (other === comparison ? value : truth.get(other) === true));
  return holds(without) !== holds(!without);
}

function exceptionCoverage(rule: LoadedRule, events: readonly ParsedEvent[]): readonly Covered[] {
  const pattern = compilePattern(rule.filterPattern);
  const exceptions = rule.exceptions.map(({ filterPattern }) => compilePattern(filterPattern));
  const matched = events.filter((event) => pattern.matchesEvent(event));
  return rule.exceptions.map(({ filterPattern }, index) => ({
    isCovered: matched.some((event) => exceptions.every((one, at) => one.matchesEvent(event) === (at === index))),
    part: { ...whereWritten(rule, ['exceptions', index]), kind: 'exception', text: filterPattern },
  }));
}
