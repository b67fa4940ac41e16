import type { ReportData, ReportRule } from '../report-data.ts';
import { element, foreign, type Child } from './element.ts';
import { severityMark } from './severity.ts';
import { table } from './table.ts';
import { duration, share } from './words.ts';

const WEEK_MS = 7 * 86_400_000;

/** A line a rule, each leading to its section. */
export function ruleOverview({ rules, span }: ReportData, idOf: (place: number) => string): HTMLElement {
  const weeks = span === undefined ? 0 : (span.lastMs - span.firstMs) / WEEK_MS;
  const rows = rules.map((rule, place) => ({ rule, place }));
  type Row = (typeof rows)[number];
  const number = (of: (rule: ReportRule) => string) => ({ isNumber: true, cell: ({ rule }: Row) => of(rule) });
  return table(
    'Rules that matched',
    [
      { title: 'Rule', cell: ({ rule, place }: Row) => link(rule, idOf(place)) },
      { title: 'Severity', cell: ({ rule }) => severityMark(rule.severity) },
      { title: 'Incidents', ...number(({ incidentCount }) => incidentCount.toLocaleString('en-US')) },
      ...(weeks < 1 / 7
        ? []
        : [{ title: 'A week', ...number(({ incidentCount }) => (incidentCount / weeks).toFixed(1)) }]),
      {
        title: 'Longest',
        ...number(({ incidentCount, longestMs }) => (incidentCount === 0 ? '–' : duration(longestMs))),
      },
      { title: 'Matches', ...number(({ matches }) => matches.toLocaleString('en-US')) },
      { title: 'Mostly', cell: ({ rule }) => mostly(rule) },
    ],
    rows,
  );
}

function link({ name }: ReportRule, id: string): Child {
  const made = element('a', { href: `#${id}` }, foreign(name));
  made.addEventListener('click', () => {
    document.getElementById(id)?.setAttribute('open', '');
  });
  return made;
}

function mostly({ actors: [first], matches }: ReportRule): Child {
  return first === undefined ? '' : element('span', {}, foreign(first[0]), ` (${share(first[1], matches)})`);
}
