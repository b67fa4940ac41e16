import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { subjectOf } from './subject.ts';

test('the subject says state, name and region as CloudWatch does', () => {
  expect(subjectOf('OK', 'api domain alarm', 'us-east-1')).toBe('OK: "api domain alarm" in US East (N. Virginia)');
});

test('a name of exactly the room is kept, one more character is cut to a subject of exactly 100', () => {
  const room = 100 - 'ALARM: "" in EU (Ireland)'.length;
  expect(subjectOf('ALARM', 'n'.repeat(room), 'eu-west-1')).toBe(`ALARM: "${'n'.repeat(room)}" in EU (Ireland)`);
  const cut = subjectOf('ALARM', 'n'.repeat(room + 1), 'eu-west-1');
  expect(cut).toBe(`ALARM: "${'n'.repeat(room - 3)}..." in EU (Ireland)`);
  expect(cut).toHaveLength(100);
});

test('a cut never splits a character', () => {
  for (const start of ['', 'x']) {
    const subject = subjectOf('ALARM', start + '🔔'.repeat(60), 'eu-west-1');
    expect(subject.isWellFormed()).toBe(true);
    expect(subject).toMatch(/🔔\.\.\." in EU \(Ireland\)$/u);
    expect([99, 100]).toContain(subject.length);
  }
});

test('whatever name and region, a subject is one line that begins with the state and fits', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300, size: 'max' });
  const state = fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA');
  fc.assert(
    fc.property(state, text, text, (to, name, region) => {
      const subject = subjectOf(to, name, region);
      expect(subject.length).toBeLessThanOrEqual(100);
      expect(subject.startsWith(`${to}: "`)).toBe(true);
      expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
