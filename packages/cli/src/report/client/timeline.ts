import type { ReportData, ReportIncident } from '../report-data.ts';
import { element, shape } from './element.ts';
import { matchesOf } from './incident-words.ts';
import { ticks } from './time-axis.ts';
import { counted, duration, time } from './words.ts';

const [LANE_HEIGHT, TOP, BOTTOM, SIDE, MIN_WIDTH] = [40, 8, 26, 8, 5];

/** What a key does to the place that has the focus: to another lane, or along its own. */
const MOVES: Readonly<Record<string, (timeline: Timeline) => void>> = {
  ArrowRight: (timeline) => {
    timeline.moveAlong(1);
  },
  ArrowLeft: (timeline) => {
    timeline.moveAlong(-1);
  },
  ArrowDown: (timeline) => {
    timeline.moveToLane(1);
  },
  ArrowUp: (timeline) => {
    timeline.moveToLane(-1);
  },
  Home: (timeline) => {
    timeline.moveAlong(-Infinity);
  },
  End: (timeline) => {
    timeline.moveAlong(Infinity);
  },
};

/**
 * Incidents along time, a lane a rule. The whole of it is one stop for the Tab key; arrows go from incident to incident, Enter opens
 * one. It is drawn anew where the page's width or the stretch of time changes.
 */
export class Timeline {
  readonly element: HTMLElement;
  readonly #data: ReportData;
  readonly #lanes: readonly (readonly ReportIncident[])[];
  readonly #onOpen: (incident: ReportIncident) => void;
  readonly #whole: readonly [fromMs: number, untilMs: number];
  readonly #frame = element('div', { class: 'frame' });
  readonly #marks = new Map<ReportIncident, SVGElement>();
  #shown: readonly [fromMs: number, untilMs: number];
  #current: ReportIncident | undefined;

  constructor(data: ReportData, onOpen: (incident: ReportIncident) => void) {
    this.#data = data;
    this.#onOpen = onOpen;
    this.#lanes = [...Map.groupBy(data.incidents, ({ rule }) => rule)]
      .sort(([a], [b]) => a - b)
      .map(([, incidents]) => incidents);
    this.#current = data.incidents[0];
    const { firstMs = 0, lastMs = 0 } = data.span ?? {};
    const margin = Math.max(60_000, (lastMs - firstMs) * 0.01);
    this.#whole = [firstMs - margin, lastMs + margin];
    this.#shown = this.#whole;
    this.element = element('figure', { class: 'timeline' }, this.#controls(), this.#frame);
    this.#frame.addEventListener('keydown', (event) => {
      const move = MOVES[event.key];
      if (move === undefined) return;
      event.preventDefault();
      move(this);
    });
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.#frame);
  }

  moveAlong(by: number): void {
    const lane = this.#visible(this.#laneOf(this.#current));
    const at = this.#current === undefined ? 0 : lane.indexOf(this.#current);
    this.#focus(lane[Math.max(0, Math.min(lane.length - 1, at + by))]);
  }

  moveToLane(by: number): void {
    const from = this.#lanes.indexOf(this.#laneOf(this.#current));
    const { openedMs = 0 } = this.#current ?? {};
    for (let at = from + by; at >= 0 && at < this.#lanes.length; at += by) {
      const [nearest] = this.#visible(this.#lanes[at] ?? []).toSorted(
        (a, b) => Math.abs(a.openedMs - openedMs) - Math.abs(b.openedMs - openedMs),
      );
      if (nearest === undefined) continue;
      this.#focus(nearest);
      return;
    }
  }

  #controls(): HTMLElement {
    const button = (label: string, act: () => void) => {
      const made = element('button', { type: 'button' }, label);
      made.addEventListener('click', act);
      return made;
    };
    return element(
      'div',
      { class: 'controls', role: 'group', 'aria-label': 'Stretch of time shown' },
      button('Earlier', () => {
        this.#show(1, -0.5);
      }),
      button('Zoom in', () => {
        this.#show(0.4, 0);
      }),
      button('Zoom out', () => {
        this.#show(2.5, 0);
      }),
      button('Later', () => {
        this.#show(1, 0.5);
      }),
      button('All', () => {
        this.#shown = this.#whole;
        this.#draw();
      }),
    );
  }

  /** Shows a stretch that is `factor` times as long, around the incident that was last in focus, moved by a part of its length. */
  #show(factor: number, moveBy: number): void {
    const [from, until] = this.#shown;
    const length = Math.min(this.#whole[1] - this.#whole[0], Math.max(300_000, (until - from) * factor));
    const { openedMs = from } = this.#current ?? {};
    const middle =
      factor < 1 && openedMs >= from && openedMs <= until ? openedMs : (from + until) / 2 + moveBy * length;
    const start = Math.max(this.#whole[0], Math.min(this.#whole[1] - length, middle - length / 2));
    this.#shown = [start, start + length];
    this.#draw();
  }

  #draw(): void {
    const width = Math.max(280, this.#frame.clientWidth);
    const height = TOP + this.#lanes.length * LANE_HEIGHT + BOTTOM;
    const [from, until] = this.#shown;
    const xOf = (ms: number) => SIDE + ((ms - from) / (until - from)) * (width - 2 * SIDE);
    const hadFocus = this.#frame.contains(document.activeElement);
    const svg = shape('svg', {
      ...{ width, height, viewBox: `0 0 ${width} ${height}`, role: 'group' },
      'aria-label': 'Timeline of incidents. Arrow keys go from one to another, Enter opens one.',
    });
    for (const { ms, label } of ticks(from, until, Math.max(2, Math.floor(width / 110)))) {
      const x = xOf(ms);
      svg.append(shape('line', { class: 'grid', x1: x, x2: x, y1: TOP, y2: height - BOTTOM }));
      const anchor = x < 40 ? 'start' : x > width - 40 ? 'end' : 'middle';
      svg.append(shape('text', { class: 'tick', x, y: height - 8, 'text-anchor': anchor }, label));
    }
    this.#marks.clear();
    const visible = this.#visible(this.#data.incidents);
    if (this.#current === undefined || !visible.includes(this.#current)) this.#current = visible[0];
    for (const [index, lane] of this.#lanes.entries()) {
      const rule = this.#data.rules[lane[0]?.rule ?? 0];
      const top = TOP + index * LANE_HEIGHT;
      svg.append(
        shape('text', { class: 'lane-name', x: SIDE, y: top + 13 }, rule?.name ?? ''),
        shape('line', { class: 'lane', x1: SIDE, x2: width - SIDE, y1: top + 26, y2: top + 26 }),
      );
      for (const incident of this.#visible(lane)) svg.append(this.#mark(incident, top + 18, xOf));
    }
    this.#frame.replaceChildren(svg);
    if (hadFocus) this.#focus(this.#current);
  }

  #mark(incident: ReportIncident, y: number, xOf: (ms: number) => number): SVGElement {
    const { openedMs, resolvedMs } = incident;
    const rule = this.#data.rules[incident.rule];
    const lasted = resolvedMs === undefined ? 'still open at the end' : `for ${duration(resolvedMs - openedMs)}`;
    const label = `${rule?.name ?? ''}, ${rule?.severity ?? ''}, ${time(openedMs)} UTC, ${lasted}, ${matchesOf(incident)}`;
    const end = resolvedMs ?? this.#whole[1];
    const width = Math.max(MIN_WIDTH, xOf(Math.min(end, this.#shown[1])) - xOf(openedMs));
    const mark = shape(
      'rect',
      {
        class: `mark ${rule?.severity ?? ''}`,
        ...{ x: xOf(openedMs), y, width, height: 16, rx: 2.5, role: 'button' },
        'aria-label': label,
        tabindex: incident === this.#current ? 0 : -1,
      },
      shape('title', {}, label),
    );
    mark.addEventListener('click', () => {
      this.#focus(incident);
      this.#onOpen(incident);
    });
    mark.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      // Or the same key would press the button that has the focus by then.
      event.preventDefault();
      this.#onOpen(incident);
    });
    this.#marks.set(incident, mark);
    return mark;
  }

  #focus(incident: ReportIncident | undefined): void {
    if (incident === undefined) return;
    if (this.#current !== undefined) this.#marks.get(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = incident;
    const mark = this.#marks.get(incident);
    mark?.setAttribute('tabindex', '0');
    mark?.focus();
  }

  #laneOf(incident: ReportIncident | undefined): readonly ReportIncident[] {
    return this.#lanes.find((lane) => incident !== undefined && lane.includes(incident)) ?? [];
  }

  #visible(incidents: readonly ReportIncident[]): readonly ReportIncident[] {
    const [from, until] = this.#shown;
    return incidents.filter(({ openedMs }) => openedMs >= from && openedMs <= until);
  }
}

/** What a timeline leaves out, if it does. */
export function leftOut({ incidents, incidentCount }: ReportData): string | undefined {
  if (incidents.length === incidentCount) return undefined;
  return `${counted(incidents.length, 'incident')} of ${incidentCount.toLocaleString('en-US')} are shown: the rules share the room, and those of a rule are taken evenly from its first to its last. All counts are of all incidents.`;
}
