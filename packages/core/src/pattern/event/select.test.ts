import { expect, test } from 'vitest';
import { compilePattern, parseEvent, parsePattern, parseSelector, selectScalar } from '../index.ts';

test('many patterns share one parse of a message', () => {
  const event = parseEvent('{"eventName":"StopLogging","count":1.0}');
  const { root } = event;
  expect(compilePattern('{ $.eventName = StopLogging }').matchesEvent(event)).toBe(true);
  expect(compilePattern('{ $.count = "1.0" }').matchesEvent(event)).toBe(true);
  expect(event.root).toBe(root);
  expect(event.spelledRoot).toBe(event.spelledRoot);
  expect(event.spelledRoot).toEqual({ eventName: 'StopLogging', count: '1.0' });
});

test('the values that rules group by are found', () => {
  const event = parseEvent(
    JSON.stringify({
      recipientAccountId: '123456789012',
      userIdentity: { sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/x' }, attributes: { mfa: false } } },
    }),
  );
  const values = [
    '$.recipientAccountId',
    '$.userIdentity.sessionContext.sessionIssuer.arn',
    '$.userIdentity.sessionContext.attributes.mfa',
    '$.userIdentity',
  ];
  expect(values.map((text) => selectScalar(parseSelector(text), event))).toEqual([
    '123456789012',
    'arn:aws:iam::1:role/x',
    'false',
    undefined,
  ]);
});

test('a tree that went through JSON selects the same', () => {
  const selector = JSON.parse(JSON.stringify(parseSelector("$.['a.b'][1]"))) as ReturnType<typeof parseSelector>;
  expect(selectScalar(selector, parseEvent('{"a.b":[0,12345678901234567890]}'))).toBe('12345678901234567890');
});

test('numbers of selectors are as large as CloudWatch allows, so a tree is always JSON', () => {
  const pattern = parsePattern('{ $.a[2147483647] = 1e-2147483647 }');
  expect(JSON.parse(JSON.stringify(pattern))).toEqual(pattern);
});
