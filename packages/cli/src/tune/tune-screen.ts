import { breachesAbove, isBreaching } from '@trailbell/core/alarm';
import { formatProblem, type LoadedRule, type Problem } from '@trailbell/core/rule';
import { cutText, resolveActor } from '@trailbell/core/cloudtrail';
import { fieldOf } from '@trailbell/core/json';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { ExceptionProposal } from './exception-proposals.ts';
import { NEAR_MISS_RECORDS, type TuneAnalysis } from './tune-analysis.ts';

/** All that the screen shows. */
export interface TuneView {
  readonly rule?: LoadedRule;
  /** What is wrong in the rule's file; what is shown then is the last that was right. */
  readonly problems: readonly Problem[];
  readonly analysis?: TuneAnalysis;
  readonly proposals: readonly ExceptionProposal[];
  /** Which proposal is looked at, from 0. */
  readonly selected?: number;
  /** What was just done, or is going on. */
  readonly status: string;
  readonly dropped: number;
}

export type Style = (kind: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

const BAR_WIDTH = 30;
const SHOWN_VALUES = 10;
const SHOWN_NEAR_MISSES = 4;

/** All that there is to say, as it is printed without a terminal. Nothing of a record can steer the terminal. */
export function tuneLines(view: TuneView, style: Style): readonly string[] {
  return [...bodyLines(view, style), ...footerLines(view, style)];
}

/** What the rule does. Of a small terminal the end of it is left out. */
export function bodyLines(view: TuneView, style: Style): readonly string[] {
  const { rule, analysis } = view;
  if (rule === undefined) return view.problems.map((problem) => style('red', harmless(formatProblem(problem))));
  return [
    `${style('bold', rule.name)}  ${style('dim', harmless(rule.source.file))}`,
    ...view.problems.map((problem) => style('red', harmless(formatProblem(problem)))),
    '',
    ...(analysis === undefined ? [] : analysisLines(rule, analysis, view, style)),
    ...proposalLines(view, style),
  ];
}

/** What a key would do, which is seen in a small terminal too: nobody writes an exception unread. */
export function footerLines(view: TuneView, style: Style): readonly string[] {
  const { proposals, selected, status } = view;
  const chosen = selected === undefined ? undefined : proposals[selected];
  return [
    ...(chosen === undefined || selected === undefined
      ? []
      : [
          proposalLine(chosen, selected, view, style),
          `  ${harmless(chosen.filterPattern)}`,
          '  w writes it into the file',
          '',
        ]),
    style('dim', harmless(status)),
  ];
}

function analysisLines(rule: LoadedRule, analysis: TuneAnalysis, view: TuneView, style: Style): readonly string[] {
  const { records, matches, leftOut, withoutTime, incidents, tookMs } = analysis;
  const older = view.dropped === 0 ? '' : `, the last of ${counted(records + view.dropped, 'record')}`;
  const more = [
    ...(leftOut > 0 ? [`${leftOut.toLocaleString('en-US')} left out by exceptions or time`] : []),
    ...(withoutTime > 0 ? [`${withoutTime.toLocaleString('en-US')} without a usable time`] : []),
  ];
  return [
    `${style('dim', 'records  ')} ${records.toLocaleString('en-US')}${older}, in ${Math.round(tookMs)} ms`,
    `${style('dim', 'matches  ')} ${[matches.toLocaleString('en-US'), ...more].join(', ')}`,
    `${style('dim', 'incidents')} ${style('bold', incidents.toLocaleString('en-US'))}`,
    '',
    ...distributionLines(rule, analysis, style),
    ...thresholdLines(rule, analysis, style),
    ...nearMissLines(analysis, style),
  ];
}

function distributionLines(rule: LoadedRule, { distribution }: TuneAnalysis, style: Style): readonly string[] {
  if (distribution.length === 0) return [];
  const { statistic, period, threshold, comparisonOperator } = rule.alarm;
  const most = Math.max(...distribution.map(([, periods]) => periods));
  const shown = distribution.slice(0, SHOWN_VALUES);
  const rest = distribution.slice(SHOWN_VALUES).reduce((sum, [, periods]) => sum + periods, 0);
  const breaching = distribution.filter(([value]) => isBreaching(comparisonOperator, value, threshold));
  const nearest = breaching.at(breachesAbove(comparisonOperator) ? 0 : -1)?.[0];
  const lines = shown.map(([value, periods]) => {
    const bar = '█'.repeat(Math.max(1, Math.round((periods / most) * BAR_WIDTH)));
    const mark = value === nearest ? style('yellow', `  ◂ threshold ${threshold}`) : '';
    return `  ${String(value).padStart(6)}  ${bar} ${periods.toLocaleString('en-US')}${mark}`;
  });
  return [
    style('dim', `${statistic} of ${period} s, and in how many periods`),
    ...lines,
    ...(rest > 0 ? [`    more  ${rest.toLocaleString('en-US')}`] : []),
    '',
  ];
}

function thresholdLines(rule: LoadedRule, { thresholds }: TuneAnalysis, style: Style): readonly string[] {
  if (thresholds.length === 0) return [];
  const cells = thresholds.map(({ threshold, incidents }) => {
    const width = Math.max(String(threshold).length, String(incidents).length, 4);
    const isOwn = threshold === rule.alarm.threshold;
    const cell = (value: number) => String(value).padStart(width);
    return { top: isOwn ? style('bold', cell(threshold)) : cell(threshold), bottom: cell(incidents) };
  });
  return [
    `${style('dim', 'a threshold of  ')} ${cells.map(({ top }) => top).join(' ')}`,
    `${style('dim', 'would have paged')} ${cells.map(({ bottom }) => bottom).join(' ')}`,
    '',
  ];
}

function nearMissLines({ nearMisses, records }: TuneAnalysis, style: Style): readonly string[] {
  if (nearMisses.length === 0) return [];
  return [
    style(
      'dim',
      `near misses${records > NEAR_MISS_RECORDS ? ' among the newest records' : ''}: all clauses held but this one`,
    ),
    ...nearMisses
      .slice(0, SHOWN_NEAR_MISSES)
      .flatMap(({ clause, count, records: [first] }) => [
        `  ${count.toLocaleString('en-US').padStart(6)}  ${harmless(cutText(clause, 100))}`,
        ...(first === undefined ? [] : [style('dim', `          such as ${harmless(recordLine(first))}`)]),
      ]),
    '',
  ];
}

function proposalLines(view: TuneView, style: Style): readonly string[] {
  const { proposals, selected } = view;
  if (proposals.length === 0) return [];
  const lines = proposals.map((proposal, index) => {
    const line = proposalLine(proposal, index, view, style);
    return index === selected ? style('bold', line) : line;
  });
  return [style('dim', 'exceptions that the records speak for'), ...lines, ''];
}

function proposalLine(
  { what, matches, swallows }: ExceptionProposal,
  index: number,
  { analysis }: TuneView,
  style: Style,
): string {
  const share = Math.round((matches / Math.max(1, analysis?.matched.length ?? 0)) * 100);
  const proof =
    swallows.length === 0
      ? style('green', 'the rule’s examples still fire')
      : style('red', harmless(`takes out ${swallows.join(', ')}`));
  return `  ${index + 1}  ${String(share).padStart(3)} %  ${harmless(cutText(what, 80))}  ${proof}`;
}

function recordLine(record: string): string {
  const value: unknown = JSON.parse(record);
  const textOf = (name: string) => {
    const text = fieldOf(value, name);
    return typeof text === 'string' ? text : '-';
  };
  return `${textOf('eventTime')} ${textOf('eventName')} by ${resolveActor(fieldOf(value, 'userIdentity'), value).name}`;
}
