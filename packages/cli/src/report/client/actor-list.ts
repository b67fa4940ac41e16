import { foreign, shape } from './element.ts';
import { table } from './table.ts';
import { share } from './words.ts';

/** Who, how often, and what part of all that is: a table whose last column is the chart. */
export function actorTable(
  caption: string,
  actors: readonly (readonly [string, number])[],
  matches: number,
): HTMLElement {
  const most = Math.max(1, ...actors.map(([, count]) => count));
  return table(
    caption,
    [
      { title: 'Who', cell: ([name]: readonly [string, number]) => foreign(name) },
      { title: 'Matches', isNumber: true, cell: ([, count]) => count.toLocaleString('en-US') },
      { title: 'Share', isNumber: true, cell: ([, count]) => share(count, matches) },
      { title: 'Compared', cell: ([, count]) => bar(count / most) },
    ],
    actors,
  );
}

function bar(part: number): SVGElement {
  return shape(
    'svg',
    { class: 'share', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    shape('rect', { width: Math.max(1, part * 100), height: 8 }),
  );
}
