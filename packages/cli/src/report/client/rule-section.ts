import type { ReportIncident, ReportRule } from '../report-data.ts';
import { actorTable } from './actor-list.ts';
import { element, foreign, type Child } from './element.ts';
import { histogramChart } from './histogram-chart.ts';
import { lasted, matchCount, whoOf } from './incident-words.ts';
import { severityMark } from './severity.ts';
import { table } from './table.ts';
import { counted, duration, time } from './words.ts';

/** So many incidents of a rule are listed beside its charts; the timeline's table has them all. */
const LISTED = 8;

/** All about one rule, folded together: its histogram, who it found, its incidents. */
export function ruleSection(
  rule: ReportRule,
  incidents: readonly ReportIncident[],
  options: { readonly id: string; readonly isOpen: boolean; readonly onOpen: (incident: ReportIncident) => void },
): HTMLElement {
  const { name, title, severity, matches, incidentCount, longestMs, actors, histogram, expectation } = rule;
  const longest = incidentCount === 0 ? '' : `, the longest ${duration(longestMs)}`;
  return element(
    'details',
    { class: 'rule', id: options.id, open: options.isOpen },
    element(
      'summary',
      {},
      element('span', { class: 'rule-title' }, foreign(title)),
      severityMark(severity),
      element('code', {}, foreign(name)),
      element(
        'span',
        { class: 'rule-count' },
        `${counted(incidentCount, 'incident')}, ${counted(matches, 'match')}${longest}`,
      ),
    ),
    expectation === undefined
      ? undefined
      : element(
          'p',
          { class: expectation.isMet ? 'expectation' : 'expectation broken' },
          `Expected ${expectation.expected}; the most was ${expectation.most}: ${expectation.isMet ? 'met' : 'not met'}.`,
        ),
    element('div', { class: 'columns' }, histogramChart(name, histogram), actorTable(`Who, ${name}`, actors, matches)),
    incidents.length === 0
      ? element('p', { class: 'note' }, 'It matched, and would not have paged.')
      : incidentTable(`Incidents, ${name}`, incidents.slice(0, LISTED), options.onOpen),
    incidentCount > LISTED
      ? element('p', { class: 'note' }, `The first ${LISTED} of ${counted(incidentCount, 'incident')}.`)
      : undefined,
  );
}

/** Incidents, each with a button that opens it. */
export function incidentTable(
  caption: string,
  incidents: readonly ReportIncident[],
  onOpen: (incident: ReportIncident) => void,
  ruleOf?: (incident: ReportIncident) => ReportRule | undefined,
): HTMLElement {
  const rule = ruleOf && { title: 'Rule', cell: (incident: ReportIncident) => foreign(ruleOf(incident)?.name ?? '') };
  return table(
    caption,
    [
      { title: 'Opened, UTC', cell: (incident: ReportIncident) => opener(incident, onOpen) },
      ...(rule === undefined ? [] : [rule]),
      { title: 'Lasted', isNumber: true, cell: lasted },
      { title: 'Matches', isNumber: true, cell: matchCount },
      { title: 'First by', cell: (incident) => foreign(whoOf(incident)) },
      { title: 'For', cell: ({ group }) => foreign(group.join(', ')) },
    ],
    incidents,
  );
}

function opener(incident: ReportIncident, onOpen: (incident: ReportIncident) => void): Child {
  const button = element('button', { type: 'button', class: 'link' }, time(incident.openedMs));
  button.addEventListener('click', () => {
    onOpen(incident);
  });
  return button;
}
