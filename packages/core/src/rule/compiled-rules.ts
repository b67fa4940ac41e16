import type { AlarmSettings } from '../alarm/settings.ts';
import type { RedactedPath } from '../cloudtrail/redaction.ts';
import type { RouteScope } from '../config/route.ts';
import { isJsonObject } from '../json/json-object.ts';
import type { Selector } from '../pattern/ast.ts';
import type { CompiledSilence } from '../silence/silence.ts';
import type { TimeInterval } from '../time-interval/time-interval.ts';
import type { Renotify, Severity } from './rule.ts';

/** Grows whenever older code could not read newer compiled rules, or the other way round. */
export const COMPILED_RULES_FORMAT = 3;

/** The rules as they are shipped beside the Lambda's bundle: checked before the deploy, plain JSON. */
export interface CompiledRules {
  readonly format: typeof COMPILED_RULES_FORMAT;
  /** Grows with every deploy, a rollback included: epoch milliseconds of the deploy. */
  readonly version: number;
  /** Which alarms go to which route. Empty where all go to the one there is. */
  readonly routes: readonly RouteScope[];
  readonly silences: readonly CompiledSilence[];
  /** What accounts are called, by their ids. Left out where none has a name. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** What no page may tell besides what none ever does. Left out where there is nothing more. */
  readonly redactedPaths?: readonly RedactedPath[];
  /** The scanner's tables for the rules' patterns, in base64. */
  readonly scannerImage: string;
  readonly rules: readonly CompiledRule[];
}

export interface CompiledRule {
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description?: string;
  readonly references: readonly string[];
  readonly runbook?: string;
  /** As text: it is parsed when an event first asks for it, which for most patterns is never. */
  readonly filterPattern: string;
  /** Only events of these times count; of all times where absent. */
  readonly during?: readonly TimeInterval[];
  /** Events of these times do not count. */
  readonly notDuring?: readonly TimeInterval[];
  readonly exceptions: readonly CompiledException[];
  readonly groupBy: readonly CompiledSelector[];
  readonly groupLimit: number;
  readonly metricValue: number | CompiledSelector;
  readonly defaultValue?: 0;
  readonly alarm: AlarmSettings;
  readonly mode?: 'stage';
  readonly renotify?: Renotify;
}

export interface CompiledException {
  readonly filterPattern: string;
  /** Epoch milliseconds of the end, in UTC, of the last day on which the exception applies. */
  readonly expiresAtMs: number;
}

export interface CompiledSelector {
  readonly text: string;
  readonly selector: Selector;
}

/**
 * Takes parsed JSON for what `compileRules` wrote. Deploys write it and it is shipped with the code, so this looks for the
 * wrong file, a torn file and another format, cheaply, at cold start; it does not check the rules once more.
 */
export function readCompiledRules(json: unknown): CompiledRules {
  if (!isJsonObject(json)) throw new Error('compiled rules: expected an object');
  if (json.format !== COMPILED_RULES_FORMAT) {
    throw new Error(
      `compiled rules: format ${JSON.stringify(json.format)} cannot be read by this code, which reads ${COMPILED_RULES_FORMAT}`,
    );
  }
  const { version, rules, routes, silences, scannerImage } = json;
  if (
    typeof version !== 'number' ||
    !Array.isArray(rules) ||
    !Array.isArray(routes) ||
    !Array.isArray(silences) ||
    typeof scannerImage !== 'string'
  ) {
    throw new Error(
      "compiled rules: expected a numeric version, lists of rules, routes and silences, and the scanner's tables",
    );
  }
  for (const [index, rule] of rules.entries()) {
    if (!isCompiledRule(rule)) throw new Error(`compiled rules: entry ${index} is not a compiled rule`);
  }
  return json as unknown as CompiledRules;
}

function isCompiledRule(rule: unknown): boolean {
  return (
    isJsonObject(rule) &&
    typeof rule.name === 'string' &&
    typeof rule.filterPattern === 'string' &&
    Array.isArray(rule.exceptions) &&
    rule.exceptions.every(
      (e) => isJsonObject(e) && typeof e.filterPattern === 'string' && typeof e.expiresAtMs === 'number',
    ) &&
    Array.isArray(rule.references) &&
    Array.isArray(rule.groupBy) &&
    rule.groupBy.every(isCompiledSelector) &&
    typeof rule.groupLimit === 'number' &&
    (typeof rule.metricValue === 'number' || isCompiledSelector(rule.metricValue)) &&
    isJsonObject(rule.alarm)
  );
}

function isCompiledSelector(value: unknown): boolean {
  return isJsonObject(value) && typeof value.text === 'string' && isJsonObject(value.selector);
}
