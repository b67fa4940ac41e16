/** A string, or one of the characters that give JSON its structure. */
const TOKEN = /"(?:[^"\\]|\\[^])*"|[[\]{},:]/g;

/**
 * Cuts an archive file, `{"Records": [...]}`, into its records, each as the file spells it. Undefined where what is around the records
 * is not JSON, or there is not one list of records. What is within a record is looked at for its strings and brackets alone.
 */
export function splitArchive(text: string): readonly string[] | undefined {
  const list = findRecords(text);
  if (list === undefined) return undefined;
  try {
    JSON.parse(`${text.slice(0, list.start)}[]${text.slice(list.end)}`);
  } catch {
    return undefined;
  }
  return list.records.every(isRecordOrValue) ? list.records : undefined;
}

interface RecordList {
  readonly start: number;
  readonly end: number;
  readonly records: readonly string[];
}

function findRecords(text: string): RecordList | undefined {
  const cuts: number[] = [];
  let depth = 0;
  let listStart: number | undefined;
  let listEnd: number | undefined;
  let previous = '';
  let beforePrevious = '';
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const at = match.index;
    if (token === '[' || token === '{') {
      if (token === '[' && depth === 1 && previous === ':' && beforePrevious === '"Records"') {
        if (listStart !== undefined) return undefined;
        listStart = at;
      }
      depth += 1;
    } else if (token === ']' || token === '}') {
      depth -= 1;
      if (depth === 1 && listStart !== undefined && listEnd === undefined) listEnd = at + 1;
    } else if (token === ',' && depth === 2 && listStart !== undefined && listEnd === undefined) cuts.push(at);
    beforePrevious = previous;
    previous = token;
  }
  if (listStart === undefined || listEnd === undefined) return undefined;
  const inner = text.slice(listStart + 1, listEnd - 1);
  if (inner.trim() === '') return { start: listStart, end: listEnd, records: [] };
  const starts = [listStart, ...cuts].map((cut) => cut + 1);
  const ends = [...cuts, listEnd - 1];
  return {
    start: listStart,
    end: listEnd,
    records: starts.map((start, index) => text.slice(start, ends[index]).trim()),
  };
}

/** An object is judged by itself; anything else that stands in the list must be JSON. */
function isRecordOrValue(record: string): boolean {
  if (record.startsWith('{') && record.endsWith('}')) return true;
  try {
    JSON.parse(record);
    return true;
  } catch {
    return false;
  }
}
