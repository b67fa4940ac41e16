import type { Route } from '@trailbell/core/config';
import { whereWritten, type LoadedRule, type NamedTimeInterval, type ValuePath } from '@trailbell/core/rule';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { alarmInWords } from './alarm-in-words.ts';
import { intervalInWords } from './interval-in-words.ts';
import { routesInWords } from './routes-in-words.ts';

/** A line about a rule: what it is about (empty where it goes on), what the rule says, and where that was written. */
export interface RuleLine {
  readonly label: string;
  readonly text: string;
  readonly place?: string;
}

const DAY_MS = 86_400_000;

/** A rule as it is in force. Where it extends another, each line says in which file it was written. */
export function ruleLines(rule: LoadedRule, routes: readonly Route[], nowMs: number): readonly RuleLine[] {
  const line = (label: string, path: ValuePath | undefined, ...texts: readonly string[]): readonly RuleLine[] =>
    texts.map((text, index) => ({
      label: index === 0 ? label : '',
      text: harmless(text),
      ...(path !== undefined && index === 0 && rule.extended && { place: placeOf(rule, path) }),
    }));
  const { exceptions, examples, timelines, sharedValues = [] } = rule;
  return [
    ...line('title', ['title'], rule.title),
    ...line('severity', ['severity'], rule.severity),
    ...line('mode', ['mode'], ...(rule.mode === 'stage' ? ['stage: it is recorded and pages nobody'] : [])),
    ...line('description', ['description'], ...(rule.description?.split('\n') ?? [])),
    ...line('references', undefined, ...(rule.references.length > 0 ? [rule.references.join(', ')] : [])),
    ...line('runbook', ['runbook'], ...(rule.runbook === undefined ? [] : [rule.runbook])),
    ...line('pattern', ['filterPattern'], ...rule.filterPattern.split('\n')),
    ...sharedValues.flatMap(({ name, values }) => line(`@${name}`, undefined, values.join(', '))),
    ...times(rule.during, 'during', line),
    ...times(rule.notDuring, 'notDuring', line),
    ...line('alarm', ['alarm'], ...alarmInWords(rule)),
    ...(rule.groupBy.length === 0
      ? []
      : line('groups', ['groupBy'], `one alarm for each ${rule.groupBy.join(', ')}; up to ${rule.groupLimit} a day`)),
    ...exceptions.flatMap(({ filterPattern, reason, owner, expires }, index) =>
      line(
        index === 0 ? 'exceptions' : '',
        ['exceptions', index],
        `${index + 1}. ${reason} (${owner}): ${daysLeft(expires, nowMs)}`,
        ...filterPattern.split('\n').map((text) => `   ${text}`),
      ),
    ),
    ...line(
      'tests',
      undefined,
      `${examples.matches.length} that match, ${examples.ignores.length} to ignore, ${counted(timelines.length, 'timeline')}`,
    ),
    ...line('routes', undefined, ...routesInWords(rule, routes)),
  ];
}

function times(
  named: readonly NamedTimeInterval[] | undefined,
  field: 'during' | 'notDuring',
  line: (label: string, path: ValuePath, ...texts: readonly string[]) => readonly RuleLine[],
): readonly RuleLine[] {
  return line(field, [field], ...(named ?? []).map(({ name, interval }) => `${name}: ${intervalInWords(interval)}`));
}

/** An exception applies up to the end of its last day, in UTC. */
function daysLeft(expires: string, nowMs: number): string {
  const leftMs = Date.parse(expires) + DAY_MS - nowMs;
  if (leftMs <= 0) return `ended with ${expires}, and takes nothing out any more`;
  return `up to ${expires}, ${counted(Math.ceil(leftMs / DAY_MS), 'day')} left`;
}

function placeOf(rule: LoadedRule, path: ValuePath): string {
  const { file, line } = whereWritten(rule, path);
  return `${file}:${line}`;
}
