/** What a Lambda needs of the rules: no YAML, no schema, no parser. */
export type { CompiledException, CompiledRule, CompiledRules, CompiledSelector } from '../rule/compiled-rules.ts';
export { COMPILED_RULES_FORMAT, readCompiledRules } from '../rule/compiled-rules.ts';
