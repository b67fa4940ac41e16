import type { Metric } from '@trailbell/core/alarm';
import { eventTimeMs, resolveActor } from '@trailbell/core/cloudtrail';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { RuleSet, type RuleMatch } from '@trailbell/core/matcher';
import { parseEvent, type ParsedEvent } from '@trailbell/core/pattern';
import { matchDescriber } from '@trailbell/functions/alarms/describe-match';
import type { FileScan, RuleScan, UnreadableLine } from './file-scan.ts';
import { metricsOf } from './metrics-of.ts';
import { MinuteMatchesGathering } from './minute-matches.ts';
import { NameCounts } from './top-names.ts';

/** Matches records and gathers what alarms need of them. One for a file; the rules are compiled once for many. */
export class ArchiveScanner {
  readonly #ruleSet: RuleSet;
  readonly #describe: ReturnType<typeof matchDescriber>;
  readonly #metricOf: (rule: string) => Metric;

  constructor(compiled: CompiledRules) {
    this.#ruleSet = RuleSet.compile(compiled.rules, { image: Buffer.from(compiled.scannerImage, 'base64') });
    this.#describe = matchDescriber(compiled);
    this.#metricOf = metricsOf(compiled.rules);
  }

  /** Begins a file. */
  file(name: string): FileGathering {
    return new FileGathering(name, this.#ruleSet, this.#describe, this.#metricOf);
  }
}

interface RuleGathering {
  matches: number;
  readonly actors: NameCounts;
}

/** What is known of a file so far. */
export class FileGathering {
  readonly #file: string;
  readonly #ruleSet: RuleSet;
  readonly #describe: ReturnType<typeof matchDescriber>;
  readonly #minutes: MinuteMatchesGathering;
  readonly #rules = new Map<string, RuleGathering>();
  #records = 0;
  #bytes = 0;
  #unreadable = 0;
  #firstUnreadable: UnreadableLine | undefined;
  #withoutTime = 0;
  #firstMs = Infinity;
  #lastMs = -Infinity;

  constructor(
    file: string,
    ruleSet: RuleSet,
    describe: ReturnType<typeof matchDescriber>,
    metricOf: (rule: string) => Metric,
  ) {
    this.#file = file;
    this.#ruleSet = ruleSet;
    this.#describe = describe;
    this.#minutes = new MinuteMatchesGathering(metricOf);
  }

  /** Takes an archive in memory, `{"Records": [...]}`, packed or not; false where it is none, and then nothing is taken. */
  addArchive(bytes: Uint8Array, { isPacked }: { readonly isPacked: boolean }): boolean {
    const archive = isPacked ? this.#ruleSet.matchPackedArchive(bytes) : this.#ruleSet.matchArchive(bytes);
    if (archive.kind === 'unreadable') return false;
    this.#records += archive.recordCount;
    for (const { event, matches } of archive.matched) this.#addMatches(event, matches);
    return true;
  }

  /** Takes one record's text, and judges it. */
  addRecord(text: string): void {
    this.#records += 1;
    const event = parseEvent(text);
    const { matches } = this.#ruleSet.match({ id: text, timestamp: eventTimeMs(event.root) ?? NaN, message: text });
    if (matches.length > 0) this.#addMatches(event, matches);
  }

  addBytes(count: number): void {
    this.#bytes += count;
  }

  /** Counts a line or entry that is no record; the line is undefined where it is not known. */
  addUnreadable(line: number | undefined, why: string): void {
    this.#unreadable += 1;
    if (line !== undefined) this.#firstUnreadable ??= { line, why };
  }

  done(problem?: string): FileScan {
    const rules = [...this.#rules].map(([rule, { matches, actors }]): readonly [string, RuleScan] => [
      rule,
      { matches, actors: actors.top() },
    ]);
    return {
      file: this.#file,
      records: this.#records,
      bytes: this.#bytes,
      unreadable: this.#unreadable,
      ...(this.#firstUnreadable && { firstUnreadable: this.#firstUnreadable }),
      withoutTime: this.#withoutTime,
      ...(this.#firstMs <= this.#lastMs && { firstMs: this.#firstMs, lastMs: this.#lastMs }),
      rules: Object.fromEntries(rules),
      minutes: this.#minutes.all(),
      ...(problem !== undefined && { problem }),
    };
  }

  #addMatches(event: ParsedEvent, matches: readonly RuleMatch[]): void {
    if (matches.length === 0) return;
    const timeMs = eventTimeMs(event.root);
    const actor = resolveActor(event.root?.userIdentity, event.root).name;
    for (const { identity } of matches) {
      const rule = this.#rules.get(identity.rule) ?? { matches: 0, actors: new NameCounts() };
      this.#rules.set(identity.rule, rule);
      rule.matches += 1;
      rule.actors.add(actor);
    }
    if (timeMs === undefined) {
      this.#withoutTime += 1;
      return;
    }
    this.#firstMs = Math.min(this.#firstMs, timeMs);
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    for (const match of matches) this.#minutes.add(match, timeMs, () => this.#describe(match, event));
  }
}
