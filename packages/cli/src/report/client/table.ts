import { element, type Child } from './element.ts';

export interface Column<Row> {
  readonly title: string;
  readonly isNumber?: boolean;
  cell(row: Row): Child;
}

/** A table with a caption, whose first column names the row. A wide one scrolls by itself, with the keyboard too. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLElement {
  const kind = ({ isNumber }: Column<Row>) => (isNumber === true ? 'number' : undefined);
  return element(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map((column) => element('th', { scope: 'col', class: kind(column) }, column.title)),
        ),
      ),
      element(
        'tbody',
        {},
        ...rows.map((row) =>
          element(
            'tr',
            {},
            ...columns.map((column, index) =>
              index === 0
                ? element('th', { scope: 'row', class: kind(column) }, column.cell(row))
                : element('td', { class: kind(column) }, column.cell(row)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** The same, folded away beside a chart that shows it. */
export function foldedTable<Row>(
  summary: string,
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): HTMLElement {
  return element('details', { class: 'as-table' }, element('summary', {}, summary), table(caption, columns, rows));
}
