import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Pattern } from '@trailbell/core/pattern';
import { translate, type PeerComparison } from '../peers/peer.ts';

/** A database in memory with so many threads. */
export async function openDuckDb(threads: number): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  return instance.connect();
}

export async function duckDbVersion(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll('SELECT version()');
  return String(reader.getRows()[0]?.[0]);
}

/** How many records of the files match one of the patterns. Only the fields that they name are read out of the JSON. */
export async function countWithDuckDb(
  connection: DuckDBConnection,
  files: readonly string[],
  patterns: readonly Pattern[],
): Promise<number> {
  const paths = new Set<string>();
  const conditions = patterns.map((pattern) =>
    translate(
      pattern,
      (comparison) => {
        paths.add(comparison.path);
        return ofComparison(comparison);
      },
      (kind, operands) => `(${operands.join(` ${kind} `)})`,
    ),
  );
  const list = files.map(quoted).join(', ');
  const reader = await connection.runAndReadAll(`
    SELECT count(*) FROM (
      SELECT unnest(Records) AS r
      FROM read_json([${list}], format = 'unstructured', maximum_object_size = 268435456,
        columns = {Records: '${structOf([...paths].map((path) => path.split('.')))}[]'})
    ) WHERE ${conditions.join(' OR ')}`);
  return Number(reader.getRows()[0]?.[0]);
}

function structOf(paths: readonly (readonly string[])[]): string {
  const fields = [...Map.groupBy(paths, ([first = '']) => first)].map(([name, under]) => {
    const inner = under.map(([, ...rest]) => rest).filter((rest) => rest.length > 0);
    return `"${name}" ${inner.length === 0 ? 'VARCHAR' : structOf(inner)}`;
  });
  return `STRUCT(${fields.join(', ')})`;
}

function ofComparison(comparison: PeerComparison): string {
  const field = ['r', ...comparison.path.split('.').map((name) => `"${name}"`)].join('.');
  switch (comparison.kind) {
    case 'equals':
      return `${field} = ${quoted(comparison.text)}`;
    case 'differs':
      return `${field} <> ${quoted(comparison.text)}`;
    case 'prefix':
      return `starts_with(${field}, ${quoted(comparison.text)})`;
    case 'suffix':
      return `suffix(${field}, ${quoted(comparison.text)})`;
    case 'at-least':
      return `try_cast(${field} AS DOUBLE) >= ${comparison.number}`;
    case 'false':
      return `${field} = 'false'`;
    case 'absent':
      return `${field} IS NULL`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
