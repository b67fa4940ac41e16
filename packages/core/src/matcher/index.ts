export type { PatternSource } from './lazy-patterns.ts';
export {
  type ArchiveMatches,
  type Engine,
  type PatternMatch,
  PatternSet,
  type PatternSetOptions,
  type PayloadMatches,
  type RecordMatch,
} from './pattern-set.ts';
export * from './rule-set.ts';
export { buildImage } from './scanner/build-image.ts';
export { isRuleTime } from './time-conditions.ts';
