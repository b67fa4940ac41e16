import { estimateCosts, total, type CostLine, type CostQuestion } from '@trailbell/core/cost';
import { Terminal } from '../terminal/terminal.ts';

export interface CostCommandOptions extends CostQuestion {
  readonly json?: boolean;
}

/** `trailbell cost`: what a month costs, next to metric filters and EventBridge. Returns the exit code. */
export function costCommand({ json, ...question }: CostCommandOptions, terminal: Terminal = new Terminal()): number {
  const costs = estimateCosts(question);
  const parts: readonly (readonly [string, readonly CostLine[]])[] = [
    ['The log group, which Trailbell and metric filters both need', costs.logs],
    ['Trailbell', costs.trailbell],
    ['Metric filters, metrics and alarms, in one account', costs.metricFilters],
    [`Metric filters, metrics and alarms, in each of ${question.accounts} accounts`, costs.metricFiltersInEachAccount],
    ['EventBridge rules and a Lambda (no counting, no closing)', costs.eventBridge],
  ];
  if (json === true) {
    terminal.line(JSON.stringify({ question, costs }, undefined, 2));
    return 0;
  }
  for (const [title, lines] of parts) {
    terminal.line(terminal.style('bold', `${dollars(total(lines))}  ${title}`));
    for (const { what, how, dollarsPerMonth } of lines) {
      terminal.line(`${dollars(dollarsPerMonth)}    ${what}: ${how}`);
    }
    terminal.line();
  }
  terminal.line(
    'US dollars a month, list prices of us-east-1 without free tiers. docs/costs.md says how it is computed.',
  );
  return 0;
}

function dollars(amount: number): string {
  const text = amount > 0 && amount < 0.005 ? '<0.01' : amount.toFixed(2);
  return text.padStart(10);
}
