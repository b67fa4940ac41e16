import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cidrWildcards, isCidr } from './cidr-wildcards.ts';

test.each([
  ['10.0.0.0/8', ['10.*']],
  ['10.1.0.0/16', ['10.1.*']],
  ['10.1.2.0/24', ['10.1.2.*']],
  ['10.1.2.3/32', ['10.1.2.3']],
  ['172.16.0.0/14', ['172.16.*', '172.17.*', '172.18.*', '172.19.*']],
  ['192.0.2.252/30', ['192.0.2.252', '192.0.2.253', '192.0.2.254', '192.0.2.255']],
  ['254.0.0.0/7', ['254.*', '255.*']],
])('%s is written as wildcards', (block, wildcards) => {
  expect(cidrWildcards(block)).toEqual(wildcards);
});

test.each([
  ['10.1.2.3/8', 'write 10.0.0.0/8'],
  ['172.16.0.0/11', 'write 172.0.0.0/11'],
  ['0.0.0.0/0', 'leave the comparison out'],
  ['10.0.0.0/33', 'write it as 10.0.0.0/8'],
  ['10.0.0.256/32', 'write it as 10.0.0.0/8'],
  ['10.0/16', 'write it as 10.0.0.0/8'],
  ['2001:db8::/32', 'an IPv6 address has several spellings; list the addresses as your records write them'],
])('%s is refused, with what to do', (block, hint) => {
  expect(cidrWildcards(block)).toMatchObject({ hint });
});

test.each(['10.0.0.1', 'arn:aws:iam::111122223333:role/x', 'a/8', 'aws-cli/2', '', '2001:db8::1'])(
  '%j is no block',
  (text) => {
    expect(isCidr(text)).toBe(false);
  },
);

test('the wildcards of a block match the addresses in it and no others', () => {
  const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 32 }), fc.boolean(), (base, other, bits, isClose) => {
      const size = 2 ** (32 - bits);
      const first = base - (base % size);
      const address = isClose ? Math.min(2 ** 32 - 1, Math.max(0, first - 1 + (other % (size + 2)))) : other;
      const wildcards = cidrWildcards(`${dotted(first)}/${bits}`);
      if ('message' in wildcards) throw new Error(wildcards.message);
      const matches = (wildcard: string) =>
        wildcard.endsWith('*') ? dotted(address).startsWith(wildcard.slice(0, -1)) : dotted(address) === wildcard;
      expect(wildcards.some(matches)).toBe(address >= first && address < first + size);
    }),
  );
});

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
