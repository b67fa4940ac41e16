import { whereWritten, type LoadedRule, type Position, type RuleTimeline } from '../rule/index.ts';

interface Place extends Position {
  readonly file: string;
}

/** A record that the rule must count, or must not. */
export interface ExampleTest {
  readonly kind: 'matches' | 'ignores';
  readonly name: string;
  readonly event: unknown;
  readonly place: Place;
}

export interface TimelineTest {
  readonly kind: 'timeline';
  readonly name: string;
  readonly timeline: RuleTimeline;
  readonly place: Place;
}

export type RuleTest = ExampleTest | TimelineTest;

/** The tests that a rule carries, in the order in which it says them. */
export function ruleTests(rule: LoadedRule): readonly RuleTest[] {
  const examples = (kind: ExampleTest['kind']) =>
    rule.examples[kind].map(({ name, event }, index): ExampleTest => {
      const place = whereWritten(rule, ['examples', kind, index]);
      return { kind, name: name ?? `number ${index + 1}`, event, place };
    });
  const timelines = rule.timelines.map((timeline, index): TimelineTest => {
    return { kind: 'timeline', name: timeline.name, timeline, place: whereWritten(rule, ['timelines', index]) };
  });
  return [...examples('matches'), ...examples('ignores'), ...timelines];
}
