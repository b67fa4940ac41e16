import { cutText } from '@trailbell/core/cloudtrail';
import type { Explanation } from '@trailbell/core/pattern';
import { formatDuration } from '@trailbell/core/rule';
import {
  decidingClauses,
  messageOf,
  type PlacedException,
  type RuleTest,
  type TimelineRow,
} from '@trailbell/core/rule-test';
import { explanationTree } from '../explain/explanation-tree.ts';
import { intervalInWords } from '../show/interval-in-words.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { TestFailure, TestResult } from './run-rule-tests.ts';

/** Where a failure is shown: with colours, or without. */
export type Styled = Pick<Terminal, 'style'>;

export const PLAIN: Styled = { style: (_style, text) => text };

export interface FailureText {
  /** What is wrong, in a line. */
  readonly summary: string;
  /** The event, the clauses that decided, and what else helps; harmless to print. */
  readonly details: readonly string[];
}

/** How many clauses are shown: of twenty alternatives that all fail, the first tell enough. */
const SHOWN_CLAUSES = 8;
/** How much of an event is shown, in characters. */
const SHOWN_EVENT = 400;

/** Says why a test failed. */
export function describeFailure({ test }: TestResult, failure: TestFailure, styled: Styled): FailureText {
  switch (failure.kind) {
    case 'no-match':
      return { summary: 'the pattern does not match it', details: about(test, clauses(failure.explanation, styled)) };
    case 'excepted':
      return {
        summary: `exception ${failure.exception.index + 1} takes it out`,
        details: about(test, [said(failure.exception), ...clauses(failure.explanation, styled)]),
      };
    case 'wrong-time': {
      const time = `it happened at ${new Date(failure.eventTimeMs).toISOString().replace('.000Z', 'Z')}`;
      const intervals = failure.intervals.map((named) => `${named.name}: ${intervalInWords(named.interval)}`);
      return { summary: 'the rule is not for its time', details: about(test, [time, ...intervals]) };
    }
    case 'no-value':
      return {
        summary: `the pattern matches it, but ${harmless(failure.selector)} holds no number, so nothing is counted`,
        details: about(test, []),
      };
    case 'no-time':
      return {
        summary: 'the rule asks for the time, and the record has no eventTime',
        details: about(test, []),
      };
    case 'counted':
      return {
        summary: failure.expired.length > 0 ? 'the exception that took it out has ended' : 'it counts',
        details: about(test, [...failure.expired.map(said), ...clauses(failure.explanation, styled)]),
      };
    case 'timeline': {
      const { states, notifications } = failure.comparison;
      const records = test.kind === 'timeline' ? test.timeline.events.length : 0;
      const howMany = `${failure.run.counted} of ${counted(records, 'record')} counted`;
      const wrong = [...states, ...notifications].filter(({ isAsExpected }) => !isAsExpected).length;
      return {
        summary: `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} not as expected`,
        details: [howMany, ...table('state', states, styled), ...table('told', notifications, styled)],
      };
    }
  }
}

function about(test: RuleTest, lines: readonly string[]): readonly string[] {
  const event = test.kind === 'timeline' ? '' : messageOf(test.event);
  return [`event ${cutText(harmless(event), SHOWN_EVENT)}`, ...lines];
}

function clauses(explanation: Explanation, styled: Styled): readonly string[] {
  const deciding = decidingClauses(explanation);
  const rest = deciding.length - SHOWN_CLAUSES;
  return [
    ...deciding.slice(0, SHOWN_CLAUSES).flatMap((clause) => explanationTree(clause, styled).map((line) => line.trim())),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

function said({ index, reason, owner, expires }: PlacedException): string {
  return `exception ${index + 1}: ${harmless(reason)} (${harmless(owner)}, up to ${expires})`;
}

/** What was expected beside what was: one row for each time. */
function table(what: string, rows: readonly TimelineRow[], styled: Styled): readonly string[] {
  if (rows.length === 0) return [];
  const row = (mark: string, ...cells: readonly string[]) =>
    `${mark} ${cells.map((cell) => cell.padEnd(18)).join('')}`.trimEnd();
  return [
    styled.style('dim', row(' ', 'at', `${what} expected`, `${what} found`)),
    ...rows.map(({ atMs, expected, actual, isAsExpected }) => {
      const text = row(
        isAsExpected ? (expected === undefined ? '·' : '✔') : '✘',
        timeText(atMs),
        expected ?? '',
        actual ?? '',
      );
      return isAsExpected ? text : styled.style('red', text);
    }),
  ];
}

function timeText(atMs: number): string {
  return formatDuration(Math.round(atMs / 1000) * 1000);
}
