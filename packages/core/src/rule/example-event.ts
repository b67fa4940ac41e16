import * as z from 'zod';
import { isJsonObject } from '../json/index.ts';
import { refuse } from './refuse.ts';

/** An event as a rule file gives it: written out, or in a file beside it. */
export type EventSource =
  { readonly kind: 'inline'; readonly event: unknown } | { readonly kind: 'file'; readonly path: string };

export interface ExampleSource {
  readonly name?: string;
  readonly source: EventSource;
}

type Transforming = z.core.$RefinementCtx;

const EVENT_FORMS = [
  { type: 'object', required: ['file'], properties: { file: { type: 'string' } }, additionalProperties: false },
  { type: 'object' },
  { type: 'string' },
];

export const EVENT_JSON_SCHEMA = { anyOf: EVENT_FORMS };

export const EXAMPLE_JSON_SCHEMA = {
  description: 'A record as a map, a log message as text, or a map of name and event, or of name and file.',
  anyOf: [
    {
      type: 'object',
      required: ['event'],
      properties: {
        name: { type: 'string', description: 'What the example shows.' },
        event: { description: 'The record as a map, or the log message as text.', anyOf: EVENT_FORMS },
      },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['file'],
      properties: {
        name: { type: 'string', description: 'What the example shows.' },
        file: { type: 'string', description: 'A file that holds one record, relative to the rule file.' },
      },
      additionalProperties: false,
    },
    { type: 'object' },
    { type: 'string' },
  ],
};

/** Reads one entry of `examples`: `{ name, event }`, `{ name, file }`, or an event. */
export function exampleEvent(value: unknown, context: Transforming): ExampleSource {
  if (!isJsonObject(value) || !onlyHas(value, ['name', 'event', 'file']) || !('event' in value || 'file' in value)) {
    return { source: eventText(value, context) };
  }
  const { name, event, file } = value;
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    refuse(context, ['name'], { code: 'wrong-type', message: 'the name of an example is text' });
  }
  if (event !== undefined && file !== undefined) {
    refuse(context, ['file'], { code: 'wrong-type', message: 'an example has an event or a file; this one has both' });
  }
  const named = typeof name === 'string' ? { name } : {};
  if (event !== undefined) return { ...named, source: eventText(event, context, ['event']) };
  return { ...named, source: eventText({ file }, context) };
}

/** Reads an event: `{ file }`, a record as a map, or a log message as text. */
export function eventText(value: unknown, context: Transforming, path: readonly string[] = []): EventSource {
  if (isJsonObject(value) && onlyHas(value, ['file']) && 'file' in value) {
    if (typeof value.file === 'string' && value.file !== '') return { kind: 'file', path: value.file };
    refuse(context, [...path, 'file'], { code: 'wrong-type', message: 'the file of an example is a path' });
  } else if (typeof value === 'string') {
    if (/^\S+\.(?:json|log|txt)$/i.test(value)) {
      refuse(context, path, {
        code: 'file-as-text',
        message: `"${value}" is a log message here, but looks like the name of a file`,
        hint: `write { file: ${value} }`,
      });
    }
  } else if (!isJsonObject(value)) {
    refuse(context, path, {
      code: 'wrong-type',
      message: 'expected an event: a map, a log message as text, or { file: path }',
    });
  }
  return { kind: 'inline', event: value };
}

function onlyHas(value: object, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}
