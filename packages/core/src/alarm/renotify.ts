import { hash } from 'node:crypto';
import type { Renotification } from './alarm-rule.ts';
import type { Standing } from './alarm.ts';

/**
 * How many actors an alarm remembers as named, 12 digits each. When they are that many, nobody is news any more: whoever makes up
 * principals gets this many pages out of an incident at most.
 */
export const MAX_TOLD_ACTORS = 32;

/** When the ALARM that was told last is told again; undefined where it is not. */
export function repeatDueMs({ everyMs }: Renotification, { told }: Standing): number | undefined {
  return everyMs === undefined || told?.notification.state !== 'ALARM' ? undefined : told.sentAtMs + everyMs;
}

/** Of these examples one for each actor whom no page of the incident has named, in their order. */
export function newcomersAmong(
  examples: readonly unknown[],
  { actorOf }: Renotification,
  before: Standing,
): readonly unknown[] {
  if (actorOf === undefined) return [];
  const known = new Set(toldActors(actorOf, before));
  const newcomers: unknown[] = [];
  for (const example of examples) {
    const actor = digestOf(example, actorOf);
    if (known.size >= MAX_TOLD_ACTORS) break;
    if (actor === undefined || known.has(actor)) continue;
    known.add(actor);
    newcomers.push(example);
  }
  return newcomers;
}

/** Whom the pages of the incident have named once a page with these examples is told. */
export function withActors(
  examples: readonly unknown[],
  { actorOf }: Renotification,
  before: Standing,
): readonly string[] | undefined {
  if (actorOf === undefined) return undefined;
  const named = examples.map((example) => digestOf(example, actorOf)).filter((actor) => actor !== undefined);
  return [...new Set([...toldActors(actorOf, before), ...named])].slice(0, MAX_TOLD_ACTORS);
}

type ActorOf = NonNullable<Renotification['actorOf']>;

/** An incident that was opened before its rule asked for this knows at least whom its last page named. */
function toldActors(actorOf: ActorOf, { told, toldActors: known }: Standing): readonly string[] {
  if (told?.notification.state !== 'ALARM') return [];
  if (known !== undefined) return known;
  const { examples } = told.notification.episode;
  return examples.map((example) => digestOf(example, actorOf)).filter((actor) => actor !== undefined);
}

function digestOf(example: unknown, actorOf: ActorOf): string | undefined {
  const actor = actorOf(example);
  return actor === undefined ? undefined : hash('sha256', actor, 'hex').slice(0, 12);
}
