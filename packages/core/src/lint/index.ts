/** What is wrong with rules though they can be loaded: docs/lint describes every kind of finding. */
export { docsPageOf, isLintCode, LINT_CATALOGUE, type LintCode, type LintEntry } from './catalogue.ts';
export type { Finding, FindingSeverity, Fix } from './finding.ts';
export { applyFixes } from './fix.ts';
export { lintRules, type LintOptions } from './lint-rules.ts';
