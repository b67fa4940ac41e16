import { Buffer } from 'node:buffer';
import { redactedPathOf } from '../config/redacted-selector.ts';
import type { RouteScope } from '../config/route.ts';
import { buildImage } from '../matcher/index.ts';
import { parsePattern, parseSelector } from '../pattern/index.ts';
import { compileSilences } from '../silence/compile-silences.ts';
import type { Silence } from '../silence/silence.ts';
import {
  COMPILED_RULES_FORMAT,
  type CompiledException,
  type CompiledRule,
  type CompiledRules,
  type CompiledSelector,
} from './compiled-rules.ts';
import type { Rule, RuleException } from './rule.ts';

const DAY_MS = 86_400_000;

/** What is shipped with the rules. */
export interface CompileOptions {
  /** The deploy's: epoch milliseconds. */
  readonly version: number;
  readonly routes?: readonly RouteScope[];
  readonly silences?: readonly Silence[];
  /** `accounts` and `redact` of the configuration. */
  readonly accounts?: Readonly<Record<string, string>> | undefined;
  readonly redact?: readonly string[] | undefined;
}

/**
 * Turns loaded rules into what the Lambda needs, as plain JSON: the scanner's tables for all patterns, selectors parsed, dates as epoch
 * milliseconds, no examples.
 */
export function compileRules(
  rules: readonly Rule[],
  { version, routes = [], silences = [], accounts, redact = [] }: CompileOptions,
): CompiledRules {
  const image = buildImage(rules.map(({ filterPattern }) => parsePattern(filterPattern)));
  return {
    format: COMPILED_RULES_FORMAT,
    version,
    routes: routes.map(compileRoute),
    silences: compileSilences(silences, version),
    ...(accounts && { accounts }),
    ...(redact.length > 0 && { redactedPaths: redact.map(redactedPathOf) }),
    scannerImage: Buffer.from(image).toString('base64'),
    rules: rules.map(compileRule),
  };
}

/** What chooses a route, and no more: the name of a secret has no business in a Lambda. */
function compileRoute({ name, severities, accounts, rules, default: isDefault, retired }: RouteScope): RouteScope {
  return {
    name,
    ...(severities && { severities }),
    ...(accounts && { accounts }),
    ...(rules && { rules }),
    ...(isDefault && { default: isDefault }),
    ...(retired && { retired }),
  };
}

function compileRule(rule: Rule): CompiledRule {
  return {
    name: rule.name,
    title: rule.title,
    severity: rule.severity,
    ...(rule.description !== undefined && { description: rule.description }),
    references: rule.references,
    ...(rule.runbook !== undefined && { runbook: rule.runbook }),
    filterPattern: rule.filterPattern,
    ...(rule.during && { during: rule.during.map(({ interval }) => interval) }),
    ...(rule.notDuring && { notDuring: rule.notDuring.map(({ interval }) => interval) }),
    exceptions: rule.exceptions.map(compileException),
    groupBy: rule.groupBy.map(compileSelector),
    groupLimit: rule.groupLimit,
    metricValue: typeof rule.metricValue === 'number' ? rule.metricValue : compileSelector(rule.metricValue),
    ...(rule.defaultValue !== undefined && { defaultValue: rule.defaultValue }),
    alarm: rule.alarm,
    ...(rule.mode === 'stage' && { mode: rule.mode }),
    ...(rule.renotify && { renotify: rule.renotify }),
  };
}

function compileException({ filterPattern, expires }: RuleException): CompiledException {
  return { filterPattern, expiresAtMs: Date.parse(`${expires}T00:00:00Z`) + DAY_MS };
}

function compileSelector(text: string): CompiledSelector {
  return { text, selector: parseSelector(text) };
}
