// What the scanner does not read at once: objects that are searched for one name, and values that wait for a comparison to ask for them.
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../pattern/index.ts';
import { EngineTrial } from '../test/check-engines.ts';

const trialOf = (...texts: readonly string[]) => new EngineTrial(texts.map((text) => parsePattern(text)));

/** Judged within a payload and as a record of an archive, by both engines and the plain evaluator; whether a pattern matches. */
function isFound(trial: EngineTrial, message: string): boolean {
  const other = '{"eventName":"Other"}';
  trial.checkPayload(
    Buffer.from(
      JSON.stringify({
        logEvents: [
          { id: 'a', message },
          { id: 'b', message: other },
        ],
      }),
    ),
  );
  trial.checkArchive(Buffer.from(`{"Records":[${message},${other}]}`));
  return trial.verdicts(message).length > 0;
}

describe('an object below which one field is looked up is searched for its name', () => {
  const trial = trialOf(
    '{ $.who.session.issuer.n = "hit" }',
    '{ $.who.session.issuer.n = "begin*" || $.who.session.issuer.n = "*end" }',
    '{ $.who.session.issuer.n = "10" }',
    '{ $.eventName = "Put" && $.who.session.flag = "on" }',
    '{ $.eventName = "Put" && $.who.session NOT EXISTS }',
    '{ $.eventName = "Put" && $.who.session.of.old NOT EXISTS && $.who.session.flag = "off" }',
  );
  const issuer = (text: string) => `{"who":{"session":{"issuer":${text},"flag":"on"}}}`;

  test.each<readonly [string, string, boolean]>([
    ['the value', issuer('{"n":"hit"}'), true],
    ['another value', issuer('{"n":"miss"}'), false],
    ['a beginning', issuer('{"n":"beginning"}'), true],
    ['an end', issuer('{"n":"the end"}'), true],
    ['a number', issuer('{"n":10}'), true],
    ['a number spelled in another way', issuer('{"n":1e1}'), false],
    ['a number that is not it', issuer('{"n":-10}'), false],
    ['no text', issuer('{"n":null}'), false],
    ['the name spelled with an escape', issuer('{"\\u006e":"hit"}'), true],
    ['the value spelled with an escape', issuer('{"n":"h\\u0069t"}'), true],
    ['the end of a value spelled with an escape', issuer('{"n":"the en\\u0064"}'), true],
    ['an escape on the way', issuer('{"a":"\\"","n":"hit"}'), true],
    ['blanks in front of the colon', issuer('{"n"  :"hit"}'), true],
    ['blanks behind the colon', issuer('{"n":  "hit"}'), true],
    ['line breaks around the colon', issuer('{"n"\n:\n"hit"}'), true],
    ['the name as a value in front of it', issuer('{"a":"n","n":"hit"}'), true],
    ['the name as a value alone', issuer('{"a":"n","b":"hit"}'), false],
    ['many places that begin like the name', issuer('{"nn":"n","nnn":"nn","n":"hit","n2":"n"}'), true],
    ['the end of another name', issuer('{"on":"hit"}'), false],
    ['the name further down', issuer('{"deeper":{"n":"hit"}}'), false],
    ['the name further up', '{"who":{"session":{"n":"hit"}}}', false],
    ['the name further down, then in place', issuer('{"deeper":{"n":"miss"},"n":"hit"}'), true],
    ['twice, of which the last counts', issuer('{"n":"miss","n":"hit"}'), true],
    ['twice, of which the first does not', issuer('{"n":"hit","n":"miss"}'), false],
    ['the object twice, of which the last counts', '{"who":{"session":{"issuer":{"n":"hit"}},"session":{}}}', false],
    ['the object twice, the last with it', '{"who":{"session":{},"session":{"issuer":{"n":"hit"}}}}', true],
    [
      'the object twice, the first without the name',
      '{"eventName":"Put","who":{"session":{"of":{"old":1}},"session":{"issuer":{"n":"hit"},"flag":"off"}}}',
      true,
    ],
    ['a long object in front', issuer(`{"a":"${'n'.repeat(500)}","n":"hit"}`), true],
    ['text in place of an object', '{"who":{"session":"{\\"issuer\\":{\\"n\\":\\"hit\\"}}"}}', false],
    ['a match by another field', '{"eventName":"Put","who":{"session":{"issuer":{"n":"x"},"flag":"on"}}}', true],
    ['no match by another field', '{"eventName":"Put","who":{"session":{"issuer":{"n":"x"},"flag":"?"}}}', false],
    ['no object', '{"eventName":"Put","who":{}}', true],
  ])('%s', (_name, message, found) => {
    expect(isFound(trial, message)).toBe(found);
  });

  test('of a name that is longer than the events', () => {
    const name = 'n'.repeat(200_000);
    const long = trialOf(`{ $.who.session.${name} = "hit" }`);
    expect(isFound(long, '{"who":{"session":{"n":"hit"}}}')).toBe(false);
    expect(isFound(long, `{"who":{"session":{"${name}":"hit"}}}`)).toBe(true);
  });

  test('unless every event is asked for something in it', () => {
    const asked = trialOf('{ $.who.session.n = "hit" }', '{ $.who.session.flag != "on" }', '{ $.who.on NOT EXISTS }');
    expect(isFound(asked, '{"who":{"on":1,"session":{"n":"x","flag":"off"}}}')).toBe(true);
    expect(isFound(asked, '{"who":{"on":1,"session":{"n":"x","flag":"on"}}}')).toBe(false);
  });
});

describe('a value that no pattern is looked up by is read when a comparison asks for it', () => {
  const trial = trialOf(
    '{ $.eventName = "Put" && $.parameters.count >= 2 && $.parameters.deep.name = "x*" }',
    '{ $.eventName = "Put" && $.account = "1" }',
    '{ $.eventName = "Get" && $.parameters NOT EXISTS }',
    '{ $.eventName = "Get" && $.parameters.deep IS NULL }',
  );

  test.each<readonly [string, string, boolean]>([
    ['values two levels down', '{"eventName":"Put","parameters":{"count":2,"deep":{"name":"xy"}}}', true],
    ['one of two that does not hold', '{"eventName":"Put","parameters":{"count":1,"deep":{"name":"xy"}}}', false],
    ['in front of what is looked up', '{"parameters":{"deep":{"name":"x"},"count":9},"eventName":"Put"}', true],
    ['none', '{"eventName":"Put"}', false],
    ['text', '{"account":"1","eventName":"Put"}', true],
    ['text with an escape', '{"account":"\\u0031","eventName":"Put"}', true],
    ['a key with an escape', '{"eventName":"Put","parameters":{"c\\u006funt":2,"deep":{"name":"x"}}}', true],
    ['twice, of which the last counts', '{"eventName":"Put","account":"1","account":"2"}', false],
    ['twice, of which the last holds', '{"eventName":"Put","account":"2","account":"1"}', true],
    ['twice further down', '{"eventName":"Put","parameters":{"count":1,"count":2,"deep":{"name":"x"}}}', true],
    ['an object where text is asked for', '{"eventName":"Put","account":{"account":"1"}}', false],
    ['text where an object is asked for', '{"eventName":"Put","parameters":"count"}', false],
    ['its absence', '{"eventName":"Get"}', true],
    ['its presence', '{"eventName":"Get","parameters":{}}', false],
    ['null below it', '{"eventName":"Get","parameters":{"deep":null}}', true],
  ])('%s', (_name, message, found) => {
    expect(isFound(trial, message)).toBe(found);
  });
});
