import type { ReportRule } from '../report-data.ts';
import { element } from './element.ts';

/** A severity as a word with its colour. */
export function severityMark(severity: ReportRule['severity']): HTMLElement {
  return element('span', { class: `severity ${severity}` }, severity);
}
