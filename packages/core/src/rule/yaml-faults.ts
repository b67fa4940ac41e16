import { isAlias, isMap, isScalar, isSeq, visit, type Alias, type Document, type ErrorCode, type Node } from 'yaml';

/** Something wrong with the YAML itself, in our words where we know what people usually meant. */
export interface YamlFault {
  readonly offset: number;
  /** What cannot be trusted any more: everything in the document, or only the item around the fault. */
  readonly breaks: 'document' | 'item';
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

interface SyntaxProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
}

/** The faults of a document: at most one syntax error, for what follows the first is mostly its echo. */
export function yamlFaults(document: Document.Parsed, text: string): YamlFault[] {
  const faults: YamlFault[] = [];
  for (const error of document.errors) {
    if (error.code === 'DUPLICATE_KEY') {
      faults.push(duplicateKey(error, text));
    } else {
      return [...faults, syntaxFault(error, document, text)];
    }
  }
  for (const { message, pos } of document.warnings) {
    const tag = /!\S+/.exec(message)?.[0] ?? 'here';
    const offset = pos[0];
    faults.push({ offset, breaks: 'item', code: 'yaml-tag', message: `the tag ${tag} means nothing in a rule file` });
  }
  const targets = aliasTargets(document);
  const resolved = (node: unknown) => (isAlias(node) ? targets.get(node) : node);
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.type !== 'PLAIN' || key.value !== '<<') return;
      const merged = resolved(value);
      if (isMap(merged) || (isSeq(merged) && merged.items.map(resolved).every(isMap))) return;
      faults.push({
        offset: key.range?.[0] ?? 0,
        breaks: 'item',
        code: 'yaml-merge',
        message: 'only a map, or a list of maps, can be merged with <<',
      });
    },
    Alias(_key, alias, ancestors) {
      const anchor = targets.get(alias);
      const fault = { offset: alias.range?.[0] ?? 0, breaks: 'item', code: 'yaml-alias' } as const;
      const { source } = alias;
      if (anchor === undefined) faults.push({ ...fault, message: `no anchor &${source} stands before this alias` });
      else if (ancestors.includes(anchor)) faults.push({ ...fault, message: `*${source} stands inside &${source}` });
    },
  });
  return faults;
}

/** What each alias stands for: the last node of its name before it. Asking an alias itself walks the whole document each time. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function duplicateKey({ pos: [offset] }: SyntaxProblem, text: string): YamlFault {
  const key = /^[^\s:]*/.exec(text.slice(offset))?.[0] ?? '';
  return { offset, breaks: 'item', code: 'duplicate-key', message: `the key ${key} is written twice` };
}

function syntaxFault(
  { code, message, pos: [offset] }: SyntaxProblem,
  document: Document.Parsed,
  text: string,
): YamlFault {
  const fault = {
    offset,
    breaks: 'document',
    code: 'yaml-syntax',
    message: message.charAt(0).toLowerCase() + message.slice(1).replace(/[.:]$/, ''),
  } as const;
  if (code === 'RESOURCE_EXHAUSTION') return { ...fault, message: 'the file is nested too deeply to be read' };
  if (code === 'TAB_AS_INDENT') {
    return { ...fault, code: 'yaml-tab', message: 'a tab indents this line', hint: 'YAML is indented with blanks' };
  }
  if (code === 'BAD_SCALAR_START') return { ...fault, hint: 'put the text in single quotes' };
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    const isList = message.includes('sequence');
    if (isList) {
      return { ...fault, hint: 'the entries of a list stand below each other, as deep as their key or deeper' };
    }
    const [restOfLine = ''] = text.slice(offset).split('\n', 1);
    return {
      ...fault,
      hint: /:(?:\s|$)/.test(restOfLine)
        ? 'text in which a blank follows a colon needs quotes'
        : 'the next line is indented deeper than this one: keys of one map stand below each other',
    };
  }
  if (code === 'MISSING_CHAR' && message.startsWith('Missing closing')) {
    return { ...fault, offset: startOfScalarThatEndsAt(offset, document), message: 'this quote is never closed' };
  }
  if (code === 'UNEXPECTED_TOKEN' && text[offset - 1] === "'") {
    return { ...fault, hint: "an apostrophe inside single quotes is written twice: ''" };
  }
  if (code === 'UNEXPECTED_TOKEN' && text[offset - 1] === '"') {
    return { ...fault, hint: 'a double quote ends the text: put a pattern in single quotes' };
  }
  if (code === 'MISSING_CHAR' && message.startsWith('Implicit map keys')) {
    return { ...fault, hint: 'a key ends with a colon; a text that goes on is indented deeper than its key' };
  }
  return fault;
}

/** The parser reports an open quote where the text ends, which may be the end of the file. */
function startOfScalarThatEndsAt(end: number, document: Document.Parsed): number {
  let start = end;
  visit(document, (_key, node) => {
    if (isScalar(node) && node.range?.[1] === end) start = node.range[0];
  });
  return start;
}
