import type { Metric } from '@trailbell/core/alarm';
import { resolveActor } from '@trailbell/core/cloudtrail';
import type { CompiledRules } from '@trailbell/core/compiled-rules';
import { RuleSet } from '@trailbell/core/matcher';
import { matchDescriber } from '@trailbell/functions/alarms/describe-match';
import type { FileScan, RuleScan } from './file-scan.ts';
import { MinuteMatchesGathering } from './minute-matches.ts';
import { NameCounts } from './top-names.ts';

/** Matches records and gathers what alarms need of them. One for a file; the rules are compiled once for many. */
export class ArchiveScanner {
  readonly #ruleSet: RuleSet;
  readonly #describe: ReturnType<typeof matchDescriber>;
  readonly #metrics: ReadonlyMap<string, Metric>;

  constructor(compiled: CompiledRules) {
    this.#ruleSet = RuleSet.compile(compiled.rules, { image: Buffer.from(compiled.scannerImage, 'base64') });
    this.#describe = matchDescriber(compiled);
    this.#metrics = new Map(
      compiled.rules.map(({ name, alarm, metricValue, defaultValue }) => [
        name,
        { settings: alarm, constantValue: typeof metricValue === 'number' ? metricValue : undefined, defaultValue },
      ]),
    );
  }

  /** Begins a file. */
  file(name: string): FileGathering {
    return new FileGathering(name, this.#ruleSet, this.#describe, (rule) => {
      const metric = this.#metrics.get(rule);
      if (metric === undefined) throw new Error(`no such rule: ${rule}`);
      return metric;
    });
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
    for (const { record } of archive.matched) this.#addMatching(record);
    return true;
  }

  /** Takes one record's text, and judges it. */
  addRecord(text: string): void {
    this.#records += 1;
    this.#addMatching(text);
  }

  addBytes(count: number): void {
    this.#bytes += count;
  }

  addUnreadable(count = 1): void {
    this.#unreadable += count;
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
      withoutTime: this.#withoutTime,
      ...(this.#firstMs <= this.#lastMs && { firstMs: this.#firstMs, lastMs: this.#lastMs }),
      rules: Object.fromEntries(rules),
      minutes: this.#minutes.all(),
      ...(problem !== undefined && { problem }),
    };
  }

  #addMatching(record: string): void {
    const { timeMs, actor } = timeAndActorOf(record);
    const { matches } = this.#ruleSet.match({ id: record, timestamp: timeMs ?? NaN, message: record });
    if (matches.length === 0) return;
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
    for (const match of matches) this.#minutes.add(match, timeMs, () => this.#describe(match, record));
  }
}

function timeAndActorOf(record: string): { readonly timeMs: number | undefined; readonly actor: string } {
  let value: unknown;
  try {
    value = JSON.parse(record);
  } catch {
    return { timeMs: undefined, actor: 'Unknown' };
  }
  const fields = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const timeMs = typeof fields.eventTime === 'string' ? Date.parse(fields.eventTime) : NaN;
  return { timeMs: Number.isNaN(timeMs) ? undefined : timeMs, actor: resolveActor(fields.userIdentity, value).name };
}
