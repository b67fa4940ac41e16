import { formatSelector, type Selector, type Span } from '../../pattern/index.ts';
import { closestWord } from '../../rule/closest-word.ts';
import { fieldAt } from '../aws/field-at.ts';
import { OTHER_FIELD_NAMES, RECORD_FIELDS, type RecordField, type RecordFields } from '../aws/record-fields.ts';
import type { PatternComplaint } from '../finding.ts';

/** A selector that leads to nothing in CloudTrail's records, and the nearest that leads to something. */
export function unknownField(selector: Selector, text: string): PatternComplaint | undefined {
  const at = fieldAt(selector);
  if (at.kind === 'unknown') return misspeltOpenField(selector, text);
  if (at.kind === 'field') return undefined;
  const { index, among } = at;
  const span = spanOfStep(selector, index, text);
  const written = formatSelector(selector);
  if (among.kind === 'list') {
    const name = formatSelector({ ...selector, steps: selector.steps.slice(0, index) });
    const cured = formatSelector({ ...selector, steps: selector.steps.toSpliced(index, 0, { kind: 'wildcard' }) });
    return {
      code: 'unknown-field',
      span,
      message: `${name} is a list, so ${written} selects nothing`,
      hint: `write ${cured} for any of its elements`,
      replacement: { span: selector.span, text: cured },
    };
  }
  const parent = formatSelector({ ...selector, steps: selector.steps.slice(0, index) });
  if (among.kind !== 'map') {
    return {
      code: 'unknown-field',
      span,
      message: `${parent} is a ${kindName(among)}: there is nothing in it to select`,
    };
  }
  const meant = meantPath(selector, index, among.fields);
  const cured = meant === undefined ? undefined : withPath(selector, index, meant);
  const isSpelling = meant?.split('.').at(-1)?.toLowerCase() === nameAt(selector, index).toLowerCase();
  return {
    code: 'unknown-field',
    span,
    message: `CloudTrail records have no ${formatSelector({ ...selector, steps: selector.steps.slice(0, index + 1) })}`,
    hint: cured === undefined ? hintFor(selector, among.fields) : `did you mean ${cured}?`,
    ...(cured !== undefined && isSpelling && { replacement: { span: selector.span, text: cured } }),
  };
}

function kindName({ kind }: RecordField): string {
  return { text: 'text', boolean: 'boolean', number: 'number', map: 'map', list: 'list', open: 'map' }[kind];
}

function nameAt({ steps }: Selector, index: number): string {
  const step = steps[index];
  return step?.kind === 'property' ? step.name : '';
}

/** The path, from the record's root, that was most likely meant by the steps up to `index`. */
function meantPath(selector: Selector, index: number, among: RecordFields): string | undefined {
  const name = nameAt(selector, index);
  const above = selector.steps.slice(0, index).map((_, at) => nameAt(selector, at));
  const path = [...above, name].join('.');
  const close = closestWord(name, Object.keys(among));
  const isSameWord = close?.toLowerCase() === name.toLowerCase();
  if (close !== undefined && isSameWord) return [...above, close].join('.');
  if (Object.hasOwn(OTHER_FIELD_NAMES, path)) return OTHER_FIELD_NAMES[path];
  if (close !== undefined) return [...above, close].join('.');
  return pathsEndingWith(name).find((candidate) => candidate.toLowerCase().endsWith(`.${name.toLowerCase()}`));
}

/** Where else a field of this name stands: first the nearest to the root. */
function pathsEndingWith(name: string): readonly string[] {
  const found: string[] = [];
  const search = (fields: RecordFields, above: readonly string[]): void => {
    for (const [key, field] of Object.entries(fields)) {
      if (key.toLowerCase() === name.toLowerCase()) found.push([...above, key].join('.'));
      if (field.kind === 'map') search(field.fields, [...above, key]);
      if (field.kind === 'open' && field.known !== undefined) search(field.known, [...above, key]);
    }
  };
  search(RECORD_FIELDS, []);
  return found.sort((a, b) => a.split('.').length - b.split('.').length);
}

/** The selector with another path up to `index`, where what follows is there too. */
function withPath(selector: Selector, index: number, path: string): string | undefined {
  const steps = path.split('.').map((name) => ({ kind: 'property', name }) as const);
  const cured = { ...selector, steps: [...steps, ...selector.steps.slice(index + 1)] };
  return fieldAt(cured).kind === 'none' ? undefined : formatSelector(cured);
}

function hintFor(selector: Selector, among: RecordFields): string {
  const first = nameAt(selector, 0);
  if (first === 'detail') return 'detail is EventBridge’s; the record of a trail begins at $.eventName';
  if (first === 'Records') return 'each record stands alone: its fields begin at $.eventName';
  return `there are ${Object.keys(among).join(', ')}`;
}

/** A well-known name inside requestParameters and the like, in other upper and lower case. */
function misspeltOpenField(selector: Selector, text: string): PatternComplaint | undefined {
  const [container, inner] = [nameAt(selector, 0), nameAt(selector, 1)];
  const field = Object.hasOwn(RECORD_FIELDS, container) ? RECORD_FIELDS[container] : undefined;
  if (field?.kind !== 'open' || field.known === undefined || selector.steps.length !== 2) return undefined;
  const meant = Object.keys(field.known).find((name) => name.toLowerCase() === inner.toLowerCase());
  if (meant === undefined || meant === inner) return undefined;
  const cured = `$.${container}.${meant}`;
  return {
    code: 'unknown-field',
    span: spanOfStep(selector, 1, text),
    message: `CloudTrail writes ${cured}, and upper and lower case are different`,
    hint: `did you mean ${cured}?`,
    replacement: { span: selector.span, text: cured },
  };
}

/** Where a step of a selector stands; the whole selector where that cannot be told. */
function spanOfStep({ steps, span }: Selector, index: number, text: string): Span {
  let from = span.offset + 1;
  for (const [at, step] of steps.slice(0, index + 1).entries()) {
    if (step.kind !== 'property') continue;
    const found = text.indexOf(step.name, from);
    if (found === -1 || found >= span.offset + span.length) return span;
    if (at === index) return { offset: found, length: step.name.length };
    from = found + step.name.length;
  }
  return span;
}
