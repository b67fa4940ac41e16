import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlarmEvent, applyEvent, type Incident } from './incidents.ts';

/** `A+` triggers alarm A, `A-` resolves it; a digit before it names another integration. */
function event(step: string, atMs: number, snsMessageId = `m${atMs}`): AlarmEvent {
  const [, integration = '', dedupKey = '', sign = ''] = /^(\d?)([A-Z]+)([+-])$/.exec(step) ?? [];
  return {
    kind: sign === '+' ? 'trigger' : 'resolve',
    integrationKey: `key${integration}`,
    dedupKey,
    alert: { atMs, snsMessageId, title: `title ${atMs}`, details: { AlarmName: dedupKey } },
  };
}

function play(events: readonly AlarmEvent[]): {
  readonly kinds: readonly string[];
  readonly incidents: readonly Incident[];
} {
  let incidents: readonly Incident[] = [];
  const kinds: string[] = [];
  for (const each of events) {
    const applied = applyEvent(incidents, each);
    incidents = applied.incidents;
    kinds.push(applied.change.kind);
  }
  return { kinds, incidents };
}

/** Each incident as `key/alarm opened-resolved xAlerts`. */
function summary(incidents: readonly Incident[]): readonly string[] {
  return incidents.map(
    ({ integrationKey, dedupKey, openedAtMs, resolvedAtMs, alerts }) =>
      `${integrationKey}/${dedupKey} ${openedAtMs}-${resolvedAtMs ?? ''} x${alerts.length}`,
  );
}

test.for<[string, string, readonly string[], readonly string[]]>([
  ['a trigger opens', 'A+', ['opened'], ['key/A 0- x1']],
  ['a second trigger merges', 'A+ A+', ['opened', 'merged'], ['key/A 0- x2']],
  ['a resolve closes', 'A+ A-', ['opened', 'resolved'], ['key/A 0-1 x1']],
  ['a resolve of nothing is dropped', 'A-', ['dropped'], []],
  ['a second resolve is dropped', 'A+ A- A-', ['opened', 'resolved', 'dropped'], ['key/A 0-1 x1']],
  [
    'after a resolve a trigger opens anew',
    'A+ A- A+',
    ['opened', 'resolved', 'opened'],
    ['key/A 0-1 x1', 'key/A 2- x1'],
  ],
  ['alarms do not mix', 'A+ B+ A-', ['opened', 'opened', 'resolved'], ['key/A 0-2 x1', 'key/B 1- x1']],
  ['integrations do not mix', '1A+ 2A+ 2A-', ['opened', 'opened', 'resolved'], ['key1/A 0- x1', 'key2/A 1-2 x1']],
  ['a resolve through another integration is dropped', '1A+ 2A-', ['opened', 'dropped'], ['key1/A 0- x1']],
])('%s: %s', ([, steps, kinds, incidents]) => {
  const played = play(steps.split(' ').map((step, at) => event(step, at)));
  expect(played.kinds).toEqual(kinds);
  expect(summary(played.incidents)).toEqual(incidents);
});

test('an incident keeps the title that opened it, every alert, and what resolved it', () => {
  const events = [event('A+', 10), event('A+', 20), event('A-', 30)];
  const { incidents } = play(events);
  expect(incidents).toEqual([
    {
      number: 1,
      integrationKey: 'key',
      dedupKey: 'A',
      title: 'title 10',
      openedAtMs: 10,
      resolvedAtMs: 30,
      alerts: [events[0]?.alert, events[1]?.alert],
      resolution: events[2]?.alert,
    },
  ]);
});

test('the same SNS message again is one more alert while the incident is open, and a new incident after', () => {
  const { kinds, incidents } = play([
    event('A+', 0, 'same'),
    event('A+', 1, 'same'),
    event('A-', 2),
    event('A+', 3, 'same'),
  ]);
  expect(kinds).toEqual(['opened', 'merged', 'resolved', 'opened']);
  expect(incidents.map(({ alerts }) => alerts.length)).toEqual([2, 1]);
});

test('an event changes neither the incidents it is given nor those it does not concern', () => {
  const before = play([event('A+', 0), event('B+', 1)]).incidents;
  const copy = structuredClone(before);
  const after = applyEvent(before, event('A-', 2)).incidents;
  expect(before).toEqual(copy);
  expect(after[1]).toBe(before[1]);
});

test('of each alarm and integration at most one incident is open, and every trigger lies in one incident', () => {
  const steps = fc.array(fc.constantFrom('A+', 'A-', 'B+', 'B-', '1A+', '1A-'), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (sequence) => {
      const { incidents } = play(sequence.map((step, at) => event(step, at)));
      const open = incidents.filter(({ resolvedAtMs }) => resolvedAtMs === undefined);
      expect(new Set(open.map(({ integrationKey, dedupKey }) => integrationKey + dedupKey)).size).toBe(open.length);
      const triggers = sequence.filter((step) => step.endsWith('+')).length;
      expect(incidents.reduce((sum, { alerts }) => sum + alerts.length, 0)).toBe(triggers);
      expect(incidents.map(({ number }) => number)).toEqual(incidents.map((_, at) => at + 1));
    }),
  );
});
