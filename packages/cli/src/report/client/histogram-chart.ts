import type { Histogram, HistogramBin } from '../histogram.ts';
import { element, shape } from './element.ts';
import { foldedTable } from './table.ts';
import { counted, duration } from './words.ts';

const [WIDTH, HEIGHT, TOP, BOTTOM, SIDE] = [520, 190, 34, 36, 6];

/** A bar for each bin, and the threshold as a line between those that breach and those that do not. */
export function histogramChart(ruleName: string, histogram: Histogram): HTMLElement {
  const { bins, period, statistic, threshold, minuteCap } = histogram;
  const per = `${duration(period * 1000)} period`;
  const what = statistic === 'Sum' || statistic === 'SampleCount' ? 'matches' : `${statistic.toLowerCase()} value`;
  const breaching = bins.reduce((sum, { periods, isBreaching }) => sum + (isBreaching ? periods : 0), 0);
  const all = bins.reduce((sum, { periods }) => sum + periods, 0);
  const summary =
    all === 0
      ? 'No period held a match with a usable time.'
      : `${counted(breaching, 'period')} of ${all.toLocaleString('en-US')} with a match breached the threshold of ${threshold}.`;
  const isCapped = bins.at(-1) !== undefined && all > 0 && (statistic === 'Sum' || statistic === 'SampleCount');
  return element(
    'figure',
    { class: 'histogram' },
    element('figcaption', {}, `${capital(what)} a ${per}`),
    all === 0 ? undefined : drawing(`Histogram of ${what} a ${per}. ${summary}`, histogram),
    element(
      'p',
      { class: 'note' },
      summary,
      isCapped ? ` Of a minute about ${minuteCap} matches are counted at most.` : '',
    ),
    all === 0
      ? undefined
      : foldedTable(
          'Histogram as a table',
          `${capital(what)} a ${per}, ${ruleName}`,
          [
            { title: capital(what), cell: (bin: HistogramBin) => bin.label },
            { title: 'Periods', isNumber: true, cell: (bin) => bin.periods.toLocaleString('en-US') },
            { title: 'Breaches', cell: (bin) => (bin.isBreaching ? 'yes' : 'no') },
          ],
          bins,
        ),
  );
}

function drawing(label: string, { bins, binsBeforeThreshold, comparisonOperator, threshold }: Histogram): SVGElement {
  const most = Math.max(1, ...bins.map(({ periods }) => periods));
  const step = Math.min(64, (WIDTH - 2 * SIDE) / bins.length);
  const height = HEIGHT - TOP - BOTTOM;
  const base = HEIGHT - BOTTOM;
  // Labels that would touch are left out: the table has them all.
  const every = Math.ceil((Math.max(...bins.map(({ label: text }) => text.length)) * 6.5 + 8) / step);
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label });
  svg.append(shape('line', { class: 'axis', x1: SIDE, x2: WIDTH - SIDE, y1: base, y2: base }));
  for (const [index, { label: values, periods, isBreaching }] of bins.entries()) {
    const x = SIDE + index * step;
    const tall = periods === 0 ? 0 : Math.max(2, (periods / most) * height);
    const middle = x + step / 2;
    svg.append(
      shape(
        'rect',
        {
          class: isBreaching ? 'bar breaching' : 'bar',
          ...{ x: x + step * 0.1, y: base - tall, width: step * 0.8, height: tall, rx: 1.5 },
        },
        shape('title', {}, `${values}: ${counted(periods, 'period')}`),
      ),
    );
    if (periods > 0 && (step > 26 || periods === most)) {
      svg.append(
        shape('text', { class: 'value', x: middle, y: base - tall - 4, 'text-anchor': 'middle' }, compact(periods)),
      );
    }
    if (index % every === 0) {
      svg.append(shape('text', { class: 'tick', x: middle, y: base + 16, 'text-anchor': 'middle' }, values));
    }
  }
  const at = SIDE + binsBeforeThreshold * step;
  const isRight = at < WIDTH * 0.6;
  svg.append(
    shape('line', { class: 'threshold', x1: at, x2: at, y1: TOP - 16, y2: base }),
    shape(
      'text',
      { class: 'threshold-label', x: isRight ? at + 5 : at - 5, y: TOP - 20, 'text-anchor': isRight ? 'start' : 'end' },
      `breaches at ${SIGNS[comparisonOperator]} ${threshold}`,
    ),
  );
  return svg;
}

const SIGNS = {
  GreaterThanOrEqualToThreshold: '≥',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
} as const;

function compact(count: number): string {
  return count.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 1 });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
