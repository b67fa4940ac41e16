import { expect, test } from 'vitest';
import { closestWord } from './closest-word.ts';

const WORDS = ['title', 'period', 'evaluationPeriods', 'datapointsToAlarm', 'treatMissingData', 'ignore', 'missing'];

test.each([
  ['titel', 'title'],
  ['Title', 'title'],
  ['TITLE', 'title'],
  ['datapoints_to_alarm', 'datapointsToAlarm'],
  ['evaluation-periods', 'evaluationPeriods'],
  ['TreatMissingData', 'treatMissingData'],
  ['treatMissing', 'treatMissingData'],
  ['ignored', 'ignore'],
])('%s was meant to be %s', (word, meant) => {
  expect(closestWord(word, WORDS)).toBe(meant);
});

test.each(['', 'x', 'colour', 'a'.repeat(100_000)])('%.20s is like none of the words', (word) => {
  expect(closestWord(word, WORDS)).toBeUndefined();
});
