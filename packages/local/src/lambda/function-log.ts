/** What the processes of a function print: its lines, and the metrics among them. */
import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';

/** One line that a handler's process printed. */
export interface LogLine {
  readonly functionName: string;
  /** The invocation that printed it; `init` before the first. */
  readonly requestId: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** The line as a JSON object, where it is one. */
  readonly json: JsonObject | undefined;
}

/** The JSON object that a line is, or undefined where it is anything else. */
export function jsonOf(text: string): JsonObject | undefined {
  const value = text.startsWith('{') ? parseJson(text) : undefined;
  return isJsonObject(value) ? value : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The metrics of a line in the embedded metric format, each with the sum of its values; empty where the line is none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(json: LogLine['json']): readonly (readonly [name: string, sum: number])[] {
  if (json === undefined || !isJsonObject(json._aws)) return [];
  return listOf(json._aws.CloudWatchMetrics)
    .flatMap((directive) => (isJsonObject(directive) ? listOf(directive.Metrics) : []))
    .flatMap((metric) => {
      if (!isJsonObject(metric) || typeof metric.Name !== 'string') return [];
      const value = json[metric.Name];
      const values = (Array.isArray(value) ? listOf(value) : [value]).filter((each) => typeof each === 'number');
      return [[metric.Name, values.reduce((sum, each) => sum + each, 0)] as const];
    });
}

/** Splits a stream's text into lines: `take` returns those that a chunk completes, `rest` what no newline has ended. */
export class LineSplitter {
  #pending = '';

  take(chunk: string): readonly string[] {
    const lines = (this.#pending + chunk).split('\n');
    this.#pending = lines.pop() ?? '';
    return lines.filter((line) => line !== '');
  }

  rest(): readonly string[] {
    return this.take('\n');
  }
}

/** All lines of all functions, and the sums of their metrics. */
export class FunctionLog {
  #lines: LogLine[] = [];
  #metrics = new Map<string, Map<string, number>>();
  #follow: ((line: LogLine) => void) | undefined;

  constructor(follow?: (line: LogLine) => void) {
    this.#follow = follow;
  }

  add(line: LogLine): void {
    this.#lines.push(line);
    for (const [name, sum] of embeddedMetrics(line.json)) {
      const totals = this.#metrics.get(line.functionName) ?? new Map<string, number>();
      totals.set(name, (totals.get(name) ?? 0) + sum);
      this.#metrics.set(line.functionName, totals);
    }
    this.#follow?.(line);
  }

  lines(functionName: string): readonly LogLine[] {
    return this.#lines.filter((line) => line.functionName === functionName);
  }

  /** The total of each metric, over one function or all of them. */
  metrics(functionName?: string): Readonly<Record<string, number>> {
    const totals: Record<string, number> = {};
    for (const [name, metrics] of this.#metrics) {
      if (functionName !== undefined && functionName !== name) continue;
      for (const [metric, sum] of metrics) totals[metric] = (totals[metric] ?? 0) + sum;
    }
    return totals;
  }
}
