import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { embeddedJson } from './report-page.ts';

test('no text in embedded JSON can end its script element, begin a comment, or break a line of script', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('</script>', '<!--', '<script>', ']]>', '&lt;', '\u2028', '\u2029'),
  );
  fc.assert(
    fc.property(fc.dictionary(text, text), (value) => {
      const embedded = embeddedJson(value);
      expect(embedded).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(embedded)).toEqual(value);
    }),
  );
});
