import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCompiledRules, type CompiledRules } from '@trailbell/core/compiled-rules';

/** The rules lie beside the bundle under this name: a deploy of rules alone leaves the code as it is. */
export const RULES_FILE_NAME = 'rules.json';

/** Throws where the file is missing or of another format: a function without rules must fail at its start, not stay silent. */
export function readDeployedRules(taskRoot: string): CompiledRules {
  return readCompiledRules(JSON.parse(readFileSync(join(taskRoot, RULES_FILE_NAME), 'utf8')) as unknown);
}
