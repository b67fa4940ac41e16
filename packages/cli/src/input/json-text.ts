/** Valid JSON, read as the text that it is: parsed and written again it would lose the spelling of its numbers. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The offset behind the string whose opening quote is at `opening`; undefined where it is not closed. */
export function endOfString(json: string, opening: number): number | undefined {
  for (let at = opening + 1; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return undefined;
}

/** The elements of an array, each as it is written. */
export function* elementTexts(array: string): Iterable<string> {
  let start = skipWhiteSpace(array, array.indexOf('[') + 1);
  while (start < array.length && array.charAt(start) !== ']') {
    const end = endOfValue(array, start);
    yield array.slice(start, end);
    start = afterComma(array, end);
  }
}

/** The value of a property of an object, as it is written; of a name that occurs twice, the last. */
export function propertyText(object: string, name: string): string | undefined {
  let found: string | undefined;
  let at = skipWhiteSpace(object, object.indexOf('{') + 1);
  while (object.charAt(at) === '"') {
    const endOfName = endOfString(object, at) ?? object.length;
    const start = skipWhiteSpace(object, skipWhiteSpace(object, endOfName) + 1);
    const end = endOfValue(object, start);
    if (JSON.parse(object.slice(at, endOfName)) === name) found = object.slice(start, end);
    at = afterComma(object, end);
  }
  return found;
}

/** The same JSON without white space between its parts. */
export function compactJson(json: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < json.length; at++) {
    if (json.charCodeAt(at) === QUOTE) at = (endOfString(json, at) ?? json.length) - 1;
    else if (isWhiteSpace(json.charCodeAt(at))) {
      parts.push(json.slice(copied, at));
      copied = at + 1;
    }
  }
  return parts.join('') + json.slice(copied);
}

function endOfValue(json: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    switch (json.charAt(at)) {
      case '"':
        at = endOfString(json, at) ?? json.length;
        break;
      case '{':
      case '[':
        depth++;
        at++;
        break;
      case '}':
      case ']':
        depth--;
        at++;
        break;
      default:
        at = depth === 0 ? endOfWord(json, at) : at + 1;
    }
    if (depth === 0) return at;
  }
  return at;
}

function endOfWord(json: string, start: number): number {
  let at = start;
  while (at < json.length && !isWhiteSpace(json.charCodeAt(at)) && !',]}'.includes(json.charAt(at))) at++;
  return at;
}

function afterComma(json: string, end: number): number {
  const at = skipWhiteSpace(json, end);
  return json.charAt(at) === ',' ? skipWhiteSpace(json, at + 1) : at;
}

function skipWhiteSpace(json: string, start: number): number {
  let at = start;
  while (isWhiteSpace(json.charCodeAt(at))) at++;
  return at;
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
