import { Buffer } from 'node:buffer';
import type { Chances } from './chances.ts';
import { fuzzMessage } from './fuzz-record.ts';

/** An unpacked payload of a few fuzzed messages, in one of the spellings that JSON allows, or damaged. */
export function fuzzPayload(chances: Chances): Uint8Array {
  const messages = Array.from({ length: chances.below(12) }, () => fuzzMessage(chances));
  const payload = spellEnvelope(messages, chances);
  const bytes = Buffer.from(payload, 'utf8');
  return chances.oneIn(8) ? damage(bytes, chances) : bytes;
}

/** An unpacked archive file whose records are the objects among fuzzed messages. */
export function fuzzArchive(chances: Chances): Uint8Array {
  const records = Array.from({ length: chances.below(12) }, () => fuzzMessage(chances)).filter(isJsonObject);
  const space = chances.oneIn(3) ? '\n ' : '';
  const around = chances.oneIn(3) ? ['"a":[{"Records":[1]}],', ',"b":"Records"'] : ['', ''];
  const text = `${space}{${around[0] ?? ''}${space}"Records"${space}:[${space}${records.join(`${space},${space}`)}]${around[1] ?? ''}}${space}`;
  const bytes = Buffer.from(text, 'utf8');
  return chances.oneIn(10) ? bytes.subarray(0, chances.below(bytes.length)) : bytes;
}

function isJsonObject(text: string): boolean {
  try {
    JSON.parse(text);
    return text.trimStart().startsWith('{');
  } catch {
    return false;
  }
}

function spellEnvelope(messages: readonly string[], chances: Chances): string {
  const logEvents: unknown[] = messages.map((message, index) => ({
    id: `e${index}`,
    timestamp: 1_700_000_000_000 + index,
    message,
  }));
  if (chances.oneIn(6))
    logEvents.splice(
      chances.below(logEvents.length + 1),
      0,
      chances.pick([null, 1, 'text', {}, [], { id: 'x' }, { message: 5 }]),
    );
  const envelope = {
    messageType: chances.oneIn(20) ? 'CONTROL_MESSAGE' : 'DATA_MESSAGE',
    owner: '1',
    logGroup: 'g"]}',
    logStream: 's',
    subscriptionFilters: ['f', '{['],
    logEvents,
  };
  const compact = JSON.stringify(envelope);
  const spelled = chances.pick([
    () => compact,
    () => compact,
    () => compact,
    () => JSON.stringify(envelope, null, chances.pick([1, '\t'])),
    () =>
      JSON.stringify({
        logEvents: logEvents.map(reverseKeys),
        extra: { logEvents: [1], deep: [[{}]] },
        messageType: envelope.messageType,
      }),
    () => JSON.stringify({ ...envelope, logEvents: logEvents.map(addFields) }),
    () => compact.replaceAll(/[\u0080-\uffff]/g, escapeUnit),
    () => compact.replaceAll('/', '\\/'),
    () => spellSomeOddly(compact, chances),
    () => spellSomeOddly(compact, chances),
    () => compact.replaceAll('\\"', '\\u0022'),
    () => compact.replaceAll('{\\"', '\\u007b\\"'),
    () => compact.replaceAll('"message"', chances.pick(['"m\\u0065ssage"', '"message":"{}","message"', '"Message"'])),
    () => compact.replaceAll('"id"', chances.pick(['"id":1,"id"', '"i\\u0064"', '"Id"'])),
    () =>
      compact.replaceAll(
        '"timestamp":1',
        chances.pick(['"timestamp":-1', '"timestamp":"1","x":1', '"timestamp":1.5e3,"x":1']),
      ),
    () =>
      compact.replace(
        '"logEvents"',
        chances.pick(['"logEvents":[],"logEvents"', '"log\\u0045vents"', '"LogEvents"', '"logEvents":{},"logEvents"']),
      ),
    () =>
      compact.slice(0, -1) +
      chances.pick([
        ',"logEvents":[]}',
        ',"logEvents":null}',
        ',"log\\u0045vents":[]}',
        ',"owner":"2"}',
        ',}',
        ' }',
        '}}',
        '} x',
      ]),
    () => `\ufeff${compact}`,
    () => `[${compact}]`,
  ])();
  return chances.oneIn(20) ? ` \n${spelled}\n` : spelled;
}

function reverseKeys(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  return Object.fromEntries(Object.entries(entry).reverse());
}

function addFields(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  return { extractedFields: { $name: 'a "b"', message: '{}', n: [1.5, null, true] }, ...entry };
}

/** Letters and quotes within the messages as escapes of the envelope. */
function spellSomeOddly(json: string, chances: Chances): string {
  const letters = json.replaceAll(/(?<=[a-z])[a-z](?=[A-Za-z]+\\")/g, (letter) =>
    chances.oneIn(60) ? escapeUnit(letter) : letter,
  );
  return letters.replaceAll(/(?<!\\)\\"/g, (quote) => (chances.oneIn(60) ? '\\u0022' : quote));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function damage(bytes: Buffer, chances: Chances): Uint8Array {
  const damaged = Buffer.from(bytes);
  const at = chances.below(bytes.length);
  switch (chances.below(3)) {
    case 0:
      return damaged.subarray(0, at);
    case 1:
      damaged[at] = chances.pick([0, 1, 0x0a, 0x20, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xc3, 0xff]);
      return damaged;
    default:
      return Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + 1 + chances.below(3))]);
  }
}
