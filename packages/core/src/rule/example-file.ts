import { isJsonObject } from '../json/index.ts';
import type { EventSource } from './example-event.ts';
import type { Problem } from './problem.ts';

/** The text of a file, or undefined where there is none. The path is relative to the same folder as the rule files' paths. */
export type ReadFile = (path: string) => string | undefined;

export type ResolvedEvent =
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'unreadable'; readonly problem: Pick<Problem, 'message' | 'hint'> };

/** The event that a rule file gives: a `.json` file holds one record, any other file one log message. */
export function resolveEvent(source: EventSource, ruleFile: string, readFile: ReadFile): ResolvedEvent {
  if (source.kind === 'inline') return { kind: 'event', event: source.event };
  const path = besideFile(ruleFile, source.path);
  const text = readFile(path);
  if (text === undefined) return unreadable(`there is no file ${path}`);
  if (!/\.json$/i.test(path)) return { kind: 'event', event: text.replace(/\r?\n$/, '') };
  try {
    const event: unknown = JSON.parse(text);
    if (isJsonObject(event) && !('Records' in event)) {
      return { kind: 'event', event };
    }
    return unreadable(`${path} does not hold one record`, 'give each record a file of its own');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable(`${path} is not JSON: ${error.message}`);
  }
}

function unreadable(message: string, hint?: string): ResolvedEvent {
  return { kind: 'unreadable', problem: { message, ...(hint !== undefined && { hint }) } };
}

/** A path as seen from the folder of another file: `rules/own/a.yaml` and `../events/x.json` make `rules/events/x.json`. */
function besideFile(file: string, path: string): string {
  if (path.startsWith('/')) return path;
  const steps = file.split(/[\\/]/).slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
