import { hash } from 'node:crypto';
import type { CompiledRules } from '@trailbell/core/compiled-rules';

/** Tells rules apart. Their version is when they were compiled, and changes nothing. */
export function rulesKey({ version: _, ...rules }: CompiledRules): string {
  return hash('sha256', JSON.stringify(rules), 'hex').slice(0, 16);
}
