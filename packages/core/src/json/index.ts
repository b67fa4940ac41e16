/** JSON from outside, of which nothing is known before it is asked. */
export { fieldOf } from './field-of.ts';
export { isJsonObject, type JsonObject } from './json-object.ts';
export { parseJson } from './parse-json.ts';
