import type { BacktestIncident } from '../../backtest/backtest-result.ts';
import type { ChangedIncidents, ReportDifference } from '../report-difference.ts';
import { element, foreign, type Child } from './element.ts';
import { lasted, matchCount, whoOf } from './incident-words.ts';
import { table } from './table.ts';
import { counted, time } from './words.ts';

/** What would newly page, and what no longer, each with its reason. */
export function differencePart({ against, newly, noLonger }: ReportDifference): readonly Child[] {
  return [
    element('p', {}, 'The same archive under the rules of ', foreign(against), '.'),
    ...side('Would newly page', newly),
    ...side('Would no longer page', noLonger),
  ];
}

function side(title: string, { count, incidents }: ChangedIncidents): readonly Child[] {
  const heading = element('h3', {}, `${title}: ${counted(count, 'incident')}`);
  if (count === 0) return [heading];
  const note =
    incidents.length === count
      ? undefined
      : element(
          'p',
          { class: 'note' },
          `${incidents.length} of them are shown, taken evenly from the first to the last.`,
        );
  return [heading, changedTable(title, incidents), note];
}

function changedTable(caption: string, incidents: readonly BacktestIncident[]): HTMLElement {
  return table<BacktestIncident>(
    caption,
    [
      { title: 'Opened, UTC', cell: ({ openedMs }) => time(openedMs) },
      { title: 'Rule', cell: ({ rule }) => foreign(rule) },
      { title: 'Lasted', isNumber: true, cell: lasted },
      { title: 'Matches', isNumber: true, cell: matchCount },
      { title: 'First by', cell: (incident) => foreign(whoOf(incident)) },
      { title: 'For', cell: ({ group }) => foreign(group.join(', ')) },
      { title: 'Why', cell: ({ reason }) => foreign(reason) },
    ],
    incidents,
  );
}
