import { readFileSync, writeFileSync } from 'node:fs';
import { isMap, isSeq, parseAllDocuments, type Document, type YAMLMap } from 'yaml';

export interface NewException {
  readonly filterPattern: string;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`. */
  readonly expires: string;
}

/**
 * Adds an exception to a rule in its file and leaves all else as it was written, comments too. False where the file has no such
 * rule.
 */
export function writeException(path: string, rule: string, exception: NewException): boolean {
  const text = readFileSync(path, 'utf8');
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return false;
  const found = documents.flatMap((document) => ruleMaps(document).map((map) => ({ document, map })));
  const target = found.find(({ map }) => map.get('name') === rule);
  if (target === undefined) return false;
  const { document, map } = target;
  const exceptions = map.get('exceptions');
  if (isSeq(exceptions)) exceptions.add(document.createNode(exception));
  else map.set('exceptions', document.createNode([exception]));
  writeFileSync(path, documents.map((each) => each.toString({ lineWidth: 0 })).join(''));
  return true;
}

/** A document is a rule, or a list of rules. */
function ruleMaps(document: Document.Parsed): readonly YAMLMap[] {
  const { contents } = document;
  if (isMap(contents)) return [contents];
  return isSeq(contents) ? contents.items.filter((item) => isMap(item)) : [];
}
