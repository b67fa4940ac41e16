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
