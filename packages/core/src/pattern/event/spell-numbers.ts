const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Puts every number of a valid JSON text into quotes. Parsed, it is the same tree with each number spelled the way the event
 * spells it, which `JSON.parse` alone loses: 1.0 is not 1, and 9007199254740993 is not 9007199254740992. (A reviver sees
 * spellings too, but recurses on the depth of the event.)
 */
export function spellNumbers(json: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if (startsNumber(code)) {
      const end = endOfNumber(json, at);
      parts.push(json.slice(copied, at), '"', json.slice(at, end), '"');
      copied = end;
      at = end;
    } else at++;
  }
  parts.push(json.slice(copied));
  return parts.join('');
}

function endOfString(json: string, opening: number): number {
  let at = opening + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function startsNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

/** The characters `+`, `-`, `.`, digits, `E` and `e`: outside strings, only numbers hold them one after the other. */
function endOfNumber(json: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = json.charCodeAt(at);
    if (!(startsNumber(code) || code === 0x2b || code === 0x2e || code === 0x45 || code === 0x65)) return at;
    at++;
  }
}
