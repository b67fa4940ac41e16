import type { ReportData, ReportIncident } from '../report-data.ts';
import { actorTable } from './actor-list.ts';
import { differencePart } from './difference-part.ts';
import { element, foreign, type Child } from './element.ts';
import { IncidentDialog } from './incident-dialog.ts';
import { ruleOverview } from './rule-overview.ts';
import { incidentTable, ruleSection } from './rule-section.ts';
import { table } from './table.ts';
import { themeSwitch } from './theme-switch.ts';
import { leftOut, Timeline } from './timeline.ts';
import { bytes, counted, date, dollars, time } from './words.ts';

/** So many of all principals are named. */
const TOP_ACTORS = 12;

/** So many rules are unfolded from the start. */
const OPEN_RULES = 2;

/** Builds the page from its data. */
export function buildPage(data: ReportData): readonly Node[] {
  const dialog = new IncidentDialog(data);
  const onOpen = (incident: ReportIncident) => {
    dialog.show(incident);
  };
  return [
    element('a', { class: 'skip', href: '#content' }, 'Skip to the content'),
    header(data),
    element(
      'main',
      { id: 'content', tabindex: -1 },
      figures(data),
      caveats(data),
      section('When', whenPart(data, onOpen)),
      data.difference && section('What changes', differencePart(data.difference)),
      section('Which rules', rulesPart(data, onOpen)),
      section('Who', whoPart(data)),
      section('What a month would cost', costPart(data)),
    ),
    element(
      'footer',
      {},
      `Made by trailbell backtest on ${time(Date.parse(data.madeAt))} UTC. This file holds all that it shows and loads nothing.`,
    ),
    dialog.element,
  ];
}

function header({ span, archive }: ReportData): HTMLElement {
  const when = span === undefined ? '' : ` from ${date(span.firstMs)} to ${date(span.lastMs)}`;
  const read = `${counted(archive.records, 'CloudTrail record')} in ${counted(archive.files, 'file')}, ${bytes(archive.bytes)}${when}`;
  return element(
    'header',
    { class: 'page' },
    element('div', {}, element('h1', {}, 'What would have paged'), element('p', {}, read)),
    themeSwitch(),
  );
}

function figures({ incidentCount, rules, quietRules, span }: ReportData): HTMLElement {
  const paging = rules.filter((rule) => rule.incidentCount > 0).length;
  const matches = rules.reduce((sum, rule) => sum + rule.matches, 0);
  const days = span === undefined ? 0 : (span.lastMs - span.firstMs) / 86_400_000;
  const facts: readonly (readonly [string, string])[] = [
    [incidentCount.toLocaleString('en-US'), 'incidents would have paged'],
    ...(days < 1 ? [] : [[((incidentCount / days) * 7).toFixed(1), 'incidents a week'] as const]),
    [`${paging} of ${rules.length + quietRules}`, 'rules would have paged'],
    [matches.toLocaleString('en-US'), 'matches'],
  ];
  return element(
    'dl',
    { class: 'figures' },
    ...facts.map(([value, name]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

/** What a reader must know before trusting the rest. */
function caveats({ archive, problems, problemCount }: ReportData): Child {
  const said = [
    archive.unreadable === 1 ? '1 line or entry was no record.' : undefined,
    archive.unreadable > 1 ? `${counted(archive.unreadable, 'line')} or entries were no records.` : undefined,
    archive.withoutTime > 0
      ? `${counted(archive.withoutTime, 'record')} matched and had no usable eventTime: no alarm counts them.`
      : undefined,
    problemCount > 0 ? `${counted(problemCount, 'file')} could not be read to the end:` : undefined,
  ].filter((each) => each !== undefined);
  if (said.length === 0) return undefined;
  return element(
    'aside',
    { class: 'caveats', 'aria-label': 'Limits of this report' },
    ...said.map((each) => element('p', {}, each)),
    problems.length === 0
      ? undefined
      : element(
          'ul',
          {},
          ...problems.map(({ file, problem }) => element('li', {}, foreign(file), ': ', foreign(problem))),
        ),
  );
}

function section(title: string, children: readonly Child[]): HTMLElement {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), ...children);
}

function whenPart(data: ReportData, onOpen: (incident: ReportIncident) => void): readonly Child[] {
  if (data.incidents.length === 0) return [element('p', {}, 'Nothing would have paged.')];
  const note = leftOut(data);
  return [
    new Timeline(data, onOpen).element,
    note === undefined ? undefined : element('p', { class: 'note' }, note),
    element(
      'details',
      { class: 'as-table' },
      element('summary', {}, `${counted(data.incidents.length, 'incident')} as a table`),
      incidentTable('Incidents in the order of time', data.incidents, onOpen, ({ rule }) => data.rules[rule]),
    ),
  ];
}

function rulesPart(data: ReportData, onOpen: (incident: ReportIncident) => void): readonly Child[] {
  const { rules, incidents, quietRules } = data;
  const quiet =
    quietRules === 0 ? undefined : element('p', { class: 'note' }, `${counted(quietRules, 'rule')} matched nothing.`);
  if (rules.length === 0) return [quiet];
  const ofRule = Map.groupBy(incidents, ({ rule }) => rule);
  const idOf = (place: number) => `rule-${place}`;
  return [
    ruleOverview(data, idOf),
    quiet,
    element(
      'p',
      { class: 'note' },
      'The histograms cut time at round moments. An alarm looks back over its period at every moment, so it may ring where no single period breaches.',
    ),
    ...rules.map((rule, place) =>
      ruleSection(rule, ofRule.get(place) ?? [], { id: idOf(place), isOpen: place < OPEN_RULES, onOpen }),
    ),
  ];
}

function whoPart({ rules }: ReportData): readonly Child[] {
  const counts = new Map<string, number>();
  for (const { actors } of rules) {
    for (const [name, count] of actors) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const top = [...counts].sort(([, a], [, b]) => b - a).slice(0, TOP_ACTORS);
  if (top.length === 0) return [element('p', {}, 'Nobody.')];
  const matches = rules.reduce((sum, rule) => sum + rule.matches, 0);
  return [
    actorTable('Who made most matches, over all rules', top, matches),
    element('p', { class: 'note' }, 'Of each rule its ten most frequent are counted here.'),
  ];
}

function costPart({ costs }: ReportData): readonly Child[] {
  if (costs === undefined) {
    return [element('p', {}, 'The archive covers less than a day: a month cannot be told from it.')];
  }
  const perDay = Math.round(costs.recordsPerDay).toLocaleString('en-US');
  return [
    table(
      'US dollars a month',
      [
        { title: 'What', cell: ({ what }: (typeof costs.parts)[number]) => what },
        { title: 'A month', isNumber: true, cell: ({ dollarsPerMonth }) => dollars(dollarsPerMonth) },
      ],
      costs.parts,
    ),
    element(
      'p',
      { class: 'note' },
      `An estimate, by the list prices of us-east-1 without free tiers, for ${perDay} records a day as in this archive, of which three in ten pass the pre-filter. The command trailbell cost computes it for other numbers.`,
    ),
  ];
}
