/** The CloudWatch Logs filter pattern language, as docs/patterns.md describes it. */
export type * from './ast.ts';
export { type CompiledPattern, compilePattern } from './compile/compile-pattern.ts';
export { type ExtractedValues, evaluatePattern } from './evaluate/evaluate-pattern.ts';
export type { Explanation } from './explain/explanation.ts';
export { explainPattern } from './explain/explain-pattern.ts';
export { comparisonsOf } from './expression.ts';
export { formatPattern, formatSelector } from './format-pattern.ts';
export { CLOUDWATCH_PATTERN_LIMITS, type ParseOptions, parsePattern } from './parse/parse-pattern.ts';
export { type ParsedEvent, parseEvent } from './event/parsed-event.ts';
export { type PatternProblemCode, PatternSyntaxError } from './pattern-syntax-error.ts';
export { quote } from './parse/read-quoted.ts';
export { parseSelector } from './parse/read-selector.ts';
export { selectScalar } from './event/select.ts';
