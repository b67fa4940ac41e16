import { expect, test } from 'vitest';
import { mapEntries, members, parseQuery } from './query.ts';

test('members come in the order of their numbers, whatever the order and the gaps of the parameters', () => {
  const query = parseQuery(
    'L.member.10.Id=c&L.member.2.Id=b&L.member.2.A.entry.1.Name=n&L.member.1.Id=a&Lx.member.1.Id=x',
  );
  expect(members(query, 'L.member').map((member) => Object.fromEntries(member))).toEqual([
    { Id: 'a' },
    { Id: 'b', 'A.entry.1.Name': 'n' },
    { Id: 'c' },
  ]);
});

test('a map parameter is read with its encoding undone', () => {
  const query = parseQuery('Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%22a%22%3A%22b+c%26%22%7D');
  expect([...mapEntries(query, 'Attributes')]).toEqual([['Policy', '{"a":"b c&"}']]);
});
