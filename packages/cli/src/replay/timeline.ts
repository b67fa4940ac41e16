import type { PagerDutyEvent } from '@trailbell/local';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { isEcho } from './replay.ts';
import { incidentPage, type IncidentEvent } from './incident-page.ts';

/** Prints what happens at PagerDuty, as it happens. */
export class Timeline {
  readonly #terminal: Terminal;
  #day = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(event: PagerDutyEvent): void {
    switch (event.kind) {
      case 'opened':
        this.#incident(event, 'red', '●', `opened ${this.#number(event)}`);
        return;
      case 'merged':
        this.#incident(event, 'yellow', '+', `merged ${this.#number(event)}`);
        return;
      case 'resolved': {
        const { count, title } = incidentPage(event);
        const lasted = durationText(event.atMs - event.incident.openedAtMs);
        const what = `${title}: over after ${lasted}, ${count} ${count === 1 ? 'event' : 'events'}`;
        this.#print(event.atMs, 'green', '✔', `resolved ${this.#number(event)}`, what);
        return;
      }
      case 'dropped':
        if (!isEcho(event)) this.#print(event.atMs, 'magenta', '!', 'dropped', event.reason);
        return;
      case 'rejected':
        this.#print(event.atMs, 'magenta', '!', 'rejected', harmless(`${event.reason}: ${event.detail}`));
        return;
      case 'confirmed':
        return;
    }
  }

  #incident(event: IncidentEvent, colour: Colour, mark: string, what: string): void {
    const page = incidentPage(event);
    this.#print(event.atMs, colour, mark, what, `${this.#terminal.style('bold', page.title)} (${page.severity})`);
    if (page.who !== '') this.#terminal.line(`${' '.repeat(INDENT)}${page.who}`);
    this.#terminal.line(`${' '.repeat(INDENT)}${this.#terminal.style('dim', page.alarmName)}`);
  }

  #number({ incident }: IncidentEvent): string {
    return `#${incident.number}`;
  }

  #print(atMs: number, colour: Colour, mark: string, what: string, rest: string): void {
    const iso = new Date(atMs).toISOString();
    const day = iso.slice(0, 10);
    if (day !== this.#day) {
      this.#day = day;
      this.#terminal.line(this.#terminal.style('bold', day));
    }
    const head = this.#terminal.style(colour, `${mark} ${what.padEnd(14)}`);
    this.#terminal.line(`${iso.slice(11, 19)}  ${head} ${rest}`);
  }
}

type Colour = 'red' | 'yellow' | 'green' | 'magenta';

/** The width of a time, a mark and what happened. */
const INDENT = 27;

/** `4m 41s`, `2h 5m`. */
export function durationText(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts =
    hours > 0 ? [`${hours}h`, `${minutes}m`] : minutes > 0 ? [`${minutes}m`, `${seconds % 60}s`] : [`${seconds}s`];
  return parts.filter((part) => !part.startsWith('0') || parts.length === 1).join(' ');
}
