import { ruleJsonSchema } from '@trailbell/core/rule';
import { Terminal } from '../terminal/terminal.ts';

/** `trailbell schema`: the JSON Schema of rule files. */
export function schemaCommand(terminal: Terminal = new Terminal()): void {
  terminal.line(JSON.stringify(ruleJsonSchema(), null, 2));
}
