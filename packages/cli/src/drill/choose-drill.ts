import { SEVERITIES, type LoadedRule } from '@trailbell/core/rule';
import { planDrill, type DrillPlan } from '@trailbell/core/drill';

export type ChosenDrill =
  | { readonly rule: LoadedRule; readonly plan: DrillPlan }
  /** Why there is none, in words. */
  | { readonly problem: string };

/** The drill of the named rule; of the least severe that can be drilled where none is named. */
export function chooseDrill(
  rules: readonly LoadedRule[],
  name: string | undefined,
  drillId: string,
  nowMs: number,
): ChosenDrill {
  if (name !== undefined) {
    const rule = rules.find((each) => each.name === name);
    if (rule === undefined) return { problem: `there is no rule ${name} in the configured folders` };
    const plan = planDrill(rule, drillId, nowMs);
    return plan.kind === 'plan' ? { rule, plan } : { problem: `the rule ${name} cannot be drilled: ${plan.why}` };
  }
  const mildestFirst = rules.toSorted(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || (a.name < b.name ? -1 : 1),
  );
  for (const rule of mildestFirst) {
    const plan = planDrill(rule, drillId, nowMs);
    if (plan.kind === 'plan') return { rule, plan };
  }
  return { problem: 'none of the rules in the configured folders can be drilled' };
}
