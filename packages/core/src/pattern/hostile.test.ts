/** Inputs made to overflow a stack or to take forever. Each gets an answer. */
import { expect, test } from 'vitest';
import { PatternSyntaxError, compilePattern, explainPattern, parsePattern } from './index.ts';

const LONG = 300_000;

const patterns: Readonly<Record<string, string>> = {
  'open parentheses': `{${'('.repeat(LONG)}$.a=1${')'.repeat(LONG)}}`,
  'parentheses around fields': `[${'('.repeat(LONG)}a=1${')'.repeat(LONG)}]`,
  'a long disjunction': `{${Array<string>(LONG / 10)
    .fill('$.a = 1')
    .join('||')}}`,
  'a deep selector': `{$${'.a'.repeat(LONG / 2)}=1}`,
  'many indexes': `{$.a${'[0]'.repeat(LONG / 3)}=1}`,
  'many fields': `[${Array.from({ length: LONG / 10 }, (_, index) => `a${index}`).join(',')}]`,
  'many commas': `[${','.repeat(LONG)}]`,
  'many terms': '"a" '.repeat(LONG / 4),
  'many operators': '-'.repeat(LONG),
  'a long number': `{$.a=${'1'.repeat(LONG)}}`,
  'a long exponent': `{$.a=1e${'9'.repeat(LONG)}}`,
  'a huge exponent': '{$.a > 1e2147483647 || $.a < -1e-2147483647}',
  'a long expression': `%${'a'.repeat(LONG)}%`,
  'many alternatives': `%${'a|'.repeat(9000)}%`,
  'many stars': `%${'[a-z]*'.repeat(200)}x%`,
  'a long class': `%[${'a-z'.repeat(LONG / 3)}]%`,
  'open classes': `%${'['.repeat(LONG)}%`,
  'many escapes': `{$.a="${'\\"'.repeat(LONG / 2)}"}`,
  'an open quote': `{$.a="${'x'.repeat(LONG)}}`,
  'many percent signs': '%'.repeat(LONG),
  blanks: ' '.repeat(LONG),
};

const messages: Readonly<Record<string, string>> = {
  'deep arrays': `{"a":${'['.repeat(LONG)}${']'.repeat(LONG)}}`,
  'deep objects': `${'{"a":'.repeat(LONG)}1${'}'.repeat(LONG)}`,
  'open brackets': '['.repeat(LONG),
  'open brackets apart': '[ '.repeat(LONG / 2),
  'quotes apart': `${'" '.repeat(LONG / 2)}x`,
  letters: 'a'.repeat(LONG),
  'many numbers': `{"a":[${'1.0,'.repeat(LONG / 10)}1]}`,
  'a long number': `{"a":${'9'.repeat(LONG)}}`,
  'a long number with an exponent': `{"a":1${'0'.repeat(LONG)}e5}`,
  'many escapes': `{"a":"${'\\\\'.repeat(LONG / 2)}"}`,
};

const probes = [
  '{ $.a[*] = "1.0" && $.a[*] != 9 }',
  '{ $.a = 1e400 || $.a > 9007199254740993 || $.a = "9*" }',
  '{ $.a IS NULL || $.a[*] IS NULL || $.a.a.a NOT EXISTS }',
  '{ $.a = %9*9*9*x$% || $.a = *x* }',
  '[a = 1, ..., b = x]',
  '[a > 1, b, c = "x"]',
  '%a*a*a*a*b$%',
  '[..., a = %[a-z]{200}x$%]',
  'a -b ?c',
];

test.each(Object.entries(patterns))('%s: the pattern is compiled or refused', (_, text) => {
  const started = performance.now();
  try {
    const compiled = compilePattern(text);
    for (const message of Object.values(messages)) expect(typeof compiled.matches(message)).toBe('boolean');
  } catch (error) {
    expect(error).toBeInstanceOf(PatternSyntaxError);
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

test.each(Object.entries(messages))(
  '%s: the message gets the same verdict from matcher and explanation',
  (_, message) => {
    const started = performance.now();
    for (const probe of probes) {
      const pattern = parsePattern(probe);
      const verdict = compilePattern(pattern).matches(message) ? 'holds' : 'fails';
      expect([probe, explainPattern(pattern, message).verdict]).toEqual([probe, verdict]);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  },
);
