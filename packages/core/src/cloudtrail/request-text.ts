import { REDACTED_TEXT, type Parameter } from './parameters.ts';
import { plainText } from './plain-text.ts';

const MAX_TOLD = 8;
const MAX_PATH = 64;
const MAX_VALUE = 128;
/** Together they leave room for the rest of an activity, and for others beside it. */
const MAX_CHARACTERS = 400;

/** Paging, idempotency and addressing: of no interest to who asks what was done. */
const PLUMBING =
  /^(?:host|(?:client|clientrequest|next|idempotency|creation|pagination|continuation|request|change)token|max(?:results|items|keys|records)|marker|dryrun|xmlns|x-amz.*)$/i;

/**
 * What was asked for, in short: `ipPermissions.items[0].cidrIp: 0.0.0.0/0`, the first few parameters in their order, without those
 * that name the resources. A value that is redacted is told to be there.
 */
export function requestTexts(parameters: readonly Parameter[], resources: readonly string[]): readonly string[] {
  const texts: string[] = [];
  let characters = 0;
  for (const { path, names, value } of parameters) {
    if (PLUMBING.test(names.at(-1) ?? '') || resources.some((resource) => isPartOf(resource, value))) continue;
    const shown = value === undefined ? REDACTED_TEXT : plainText(String(value).trim(), MAX_VALUE);
    const text = `${plainText(path, MAX_PATH)}: ${shown}`;
    characters += text.length;
    if (texts.length === MAX_TOLD || characters > MAX_CHARACTERS) break;
    texts.push(text);
  }
  return texts;
}

/** Whether a resource's name says the value already: it is the name, or a whole part at an end of it. */
function isPartOf(resource: string, value: Parameter['value']): boolean {
  if (typeof value !== 'string') return false;
  return (
    resource === value ||
    resource.startsWith(`${value}/`) ||
    [`:${value}`, `/${value}`].some((part) => resource.endsWith(part) || resource.includes(`${part}/`))
  );
}
