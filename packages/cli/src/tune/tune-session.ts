import { loadRules, type LoadedRule, type Problem } from '@trailbell/core/rule';
import { readRules } from '../rules/read-rules.ts';
import { proposeExceptions, type ExceptionProposal } from './exception-proposals.ts';
import type { RecordWindow } from './record-window.ts';
import { analyse, type TuneAnalysis } from './tune-analysis.ts';
import type { TuneView } from './tune-screen.ts';
import { writeException } from './write-exception.ts';

/** What an exception that is written from a proposal says besides its pattern. */
export interface ExceptionAuthor {
  readonly owner: string;
  readonly today: Date;
}

/** An exception from evidence is looked at again after so many days. */
const EXCEPTION_DAYS = 90;

/** One rule, a window of records, and what came of them: read anew whenever the file or the records change. */
export class TuneSession {
  readonly #ruleName: string;
  readonly #paths: readonly string[];
  readonly #window: RecordWindow;
  #rule: LoadedRule | undefined;
  #problems: readonly Problem[] = [];
  #analysis: TuneAnalysis | undefined;
  #proposals: readonly ExceptionProposal[] = [];
  #selected: number | undefined;
  #status = '';

  /** @param paths rule files and folders, among which the rule is */
  constructor(ruleName: string, paths: readonly string[], window: RecordWindow) {
    this.#ruleName = ruleName;
    this.#paths = paths;
    this.#window = window;
  }

  get view(): TuneView {
    return {
      ...(this.#rule && { rule: this.#rule }),
      problems: this.#problems,
      ...(this.#analysis && { analysis: this.#analysis }),
      proposals: this.#proposals,
      ...(this.#selected !== undefined && { selected: this.#selected }),
      status: this.#status,
      dropped: this.#window.dropped,
    };
  }

  set status(text: string) {
    this.#status = text;
  }

  /** Reads the rule again and runs it. With a mistake in the file the last good rule stays. */
  async refresh(): Promise<void> {
    const { rules, problems } = await readRules(this.#paths);
    const rule = rules.find(({ name }) => name === this.#ruleName);
    const file = rule?.source.file ?? this.#rule?.source.file;
    this.#problems = problems.filter((problem) => file === undefined || problem.file === file);
    if (rule !== undefined) this.#rule = rule;
    else if (this.#rule === undefined) this.#status = `there is no rule ${this.#ruleName} in ${this.#paths.join(', ')}`;
    if (this.#rule === undefined) return;
    this.#analysis = analyse(this.#rule, this.#window.chunks());
    this.#proposals = proposeExceptions(this.#rule, this.#analysis.matched);
    if ((this.#selected ?? 0) >= this.#proposals.length) this.#selected = undefined;
  }

  /** Looks at a proposal, from 0; at none where there is none. */
  select(index: number): void {
    this.#selected = index < this.#proposals.length ? index : undefined;
  }

  /** Writes the proposal that is looked at into the rule's file, and reads it again. */
  async write({ owner, today }: ExceptionAuthor): Promise<void> {
    const proposal = this.#selected === undefined ? undefined : this.#proposals[this.#selected];
    if (proposal === undefined || this.#rule === undefined) {
      this.#status = 'press the number of a proposal first';
      return;
    }
    const share = Math.round((proposal.matches / Math.max(1, this.#analysis?.matched.length ?? 1)) * 100);
    const expires = new Date(today.getTime() + EXCEPTION_DAYS * 86_400_000).toISOString().slice(0, 10);
    const isWritten = writeException(this.#rule.source.file, this.#rule.name, {
      filterPattern: proposal.filterPattern,
      reason: `${proposal.what.slice(0, 200)} makes ${share} % of the matches`,
      owner,
      expires,
    });
    this.#status = isWritten
      ? `written into ${this.#rule.source.file}; say in its reason why it is right`
      : `${this.#rule.source.file} has no such rule to write into`;
    this.#selected = undefined;
    await this.refresh();
  }
}

/** The name of the rule in a file that is named in place of a rule, or what is wrong with the file where it holds none alone. */
export function onlyRuleOf(
  path: string,
  text: string,
): { readonly name: string } | { readonly problems: readonly Problem[] } {
  const { rules, problems } = loadRules([{ path, text }]);
  const [rule] = rules;
  return rule !== undefined && rules.length === 1 ? { name: rule.name } : { problems };
}
