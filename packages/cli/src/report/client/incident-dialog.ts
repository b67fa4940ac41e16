import { fieldOf } from '@trailbell/core/json';
import type { ReportData, ReportIncident } from '../report-data.ts';
import { element, foreign, type Child } from './element.ts';
import { matchesOf, textAt } from './incident-words.ts';
import { severityMark } from './severity.ts';
import { duration, time } from './words.ts';

/** Opens what is known of an incident over the page; the keyboard stays in it until it is closed. */
export class IncidentDialog {
  readonly element = element('dialog', { 'aria-labelledby': 'incident-title' });
  readonly #data: ReportData;

  constructor(data: ReportData) {
    this.#data = data;
    this.element.addEventListener('click', ({ target }) => {
      if (target === this.element) this.element.close();
    });
  }

  show(incident: ReportIncident): void {
    const rule = this.#data.rules[incident.rule];
    const close = element('button', { type: 'button', class: 'close' }, 'Close');
    close.addEventListener('click', () => {
      this.element.close();
    });
    const { group, openedMs, resolvedMs, reason, activities } = incident;
    this.element.replaceChildren(
      element(
        'div',
        { class: 'dialog-body' },
        element(
          'header',
          {},
          element('div', {}, rule && severityMark(rule.severity)),
          element('h2', { id: 'incident-title' }, foreign(rule?.title ?? '')),
          close,
        ),
        facts([
          ['Rule', rule && foreign(rule.name)],
          ['For', group.length === 0 ? undefined : foreign(group.join(', '))],
          ['Opened', `${time(openedMs)} UTC`],
          [
            'Resolved',
            resolvedMs === undefined
              ? 'not within the archive'
              : `${time(resolvedMs)} UTC, after ${duration(resolvedMs - openedMs)}`,
          ],
          ['Matches', matchesOf(incident)],
          ['Why', reason === '' ? undefined : foreign(reason)],
        ]),
        element('h3', {}, activities.length === 0 ? 'No sample events were kept' : 'Sample events'),
        ...activities.map(activityCard),
      ),
    );
    this.element.showModal();
    this.element.scrollTop = 0;
  }
}

function activityCard(activity: unknown): HTMLElement {
  const at = (...path: readonly string[]) => textAt(activity, ...path);
  const joined = (...parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined).join(', ') || undefined;
  const error = [at('errorCode'), at('errorMessage')].filter((part) => part !== undefined).join(': ') || undefined;
  const raw = element('pre', {}, JSON.stringify(activity, undefined, 2));
  return element(
    'article',
    { class: 'activity' },
    element('h4', {}, foreign(joined(at('eventName'), at('eventSource')) ?? 'An event without a name')),
    facts([
      ['Who', foreignOr(at('actor', 'name'))],
      ['Identity', foreignOr(at('actor', 'arn'))],
      ['When', foreignOr(at('eventTime'))],
      ['Where', foreignOr(joined(at('recipientAccountId'), at('region')))],
      ['From', foreignOr(joined(at('sourceIp'), at('userAgent')))],
      ['On what', foreignOr(listAt(activity, 'resources'))],
      ['Asked for', foreignOr(listAt(activity, 'requestParameters'))],
      ['Error', foreignOr(error)],
      ['Matched by', at('matchedClause') === undefined ? undefined : element('code', {}, at('matchedClause'))],
    ]),
    element('details', {}, element('summary', {}, 'As data'), raw),
  );
}

function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return element(
    'dl',
    {},
    ...rows.flatMap(([name, value]) =>
      value === undefined ? [] : [element('dt', {}, name), element('dd', {}, value)],
    ),
  );
}

function foreignOr(text: string | undefined): Child {
  return text === undefined ? undefined : foreign(text);
}

function listAt(value: unknown, key: string): string | undefined {
  const list = fieldOf(value, key);
  return Array.isArray(list) && list.length > 0 ? list.map(String).join('\n') : undefined;
}
