import { metricOf, type Metric } from '@trailbell/core/alarm';
import type { CompiledRule } from '@trailbell/core/compiled-rules';

/** The metrics of rules by their names. @throws Error for a rule that is not among them */
export function metricsOf(rules: readonly CompiledRule[]): (rule: string) => Metric {
  const metrics = new Map(rules.map((rule) => [rule.name, metricOf(rule)]));
  return (name) => {
    const metric = metrics.get(name);
    if (metric === undefined) throw new Error(`no such rule: ${name}`);
    return metric;
  };
}
