/** Drills: marked records that make a rule ring, and how far they came, as docs/drill.md describes them. */
export { DRILL_MARK, hasCounted, planDrill, type DrillPlan, type DrillRecord, type NoDrill } from './plan-drill.ts';
export { DRILL_HOPS, busyWith, drillProgress, type DrillHop, type DrillProgress } from './drill-progress.ts';
