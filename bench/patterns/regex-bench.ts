/** Worst-case regular expressions against messages of growing length: the time must grow as the length does, and no faster. */
import { compilePattern } from '@trailbell/core/pattern';

const LENGTHS = [1, 2, 4, 8, 16].map((times) => times * 64 * 1024);

/** Patterns that make a backtracking engine take quadratic time or worse, and a message that almost matches. */
const CASES = [
  { pattern: '%a.*a.*a.*[0-9]$%', unit: 'a' },
  { pattern: '%a*a*a*a*a*[0-9]%', unit: 'a' },
  { pattern: '%[a-z]+[a-z0-9]+[a-z]+[A-Z]%', unit: 'abc1' },
  { pattern: '%a{1,100}a{1,100}[0-9]%', unit: 'a' },
  { pattern: '%^[ab]*a[ab]{12}[0-9]$%', unit: 'ab' },
  { pattern: '{ $.message = %[a-c]*[a-d]*[a-e]*[0-9]% }', unit: 'abc' },
];

function messageOf(pattern: string, unit: string, length: number): string {
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  return pattern.startsWith('{') ? JSON.stringify({ message: text }) : text;
}

/** The fastest of nine runs, in milliseconds: what others do on the machine only adds. */
function fastest(work: () => void): number {
  const times = Array.from({ length: 9 }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return Math.min(...times);
}

const rows = CASES.map(({ pattern, unit }) => {
  const compiled = compilePattern(pattern);
  compiled.matches(messageOf(pattern, unit, 4096));
  const times = LENGTHS.map((length) => {
    const message = messageOf(pattern, unit, length);
    return fastest(() => compiled.matches(message));
  });
  const growth = (times.at(-1) ?? 0) / (times[0] ?? 1);
  const columns = LENGTHS.map(
    (length, index) => [`${length / 1024} KB`, `${(times[index] ?? 0).toFixed(1)} ms`] as const,
  );
  return {
    pattern,
    ...(Object.fromEntries(columns) as Record<string, string>),
    'x16 in length': `x${growth.toFixed(1)} in time`,
  };
});
console.table(rows);
