import type { Expected } from './expected.ts';
import type { Observed, Seen } from './seen.ts';

/** How bad a finding is: an `error` loses pages or leaves incidents open, a `warning` may come to that or costs something else. */
export type FindingSeverity = 'error' | 'warning';

/** What came of a check. */
export interface Finding {
  readonly code: string;
  /** `ok` where all is well, `unknown` where doctor could not look. */
  readonly status: 'ok' | 'unknown' | FindingSeverity;
  /** What was seen, in a sentence without its full stop. */
  readonly seen: string;
  readonly cure?: string;
  readonly docs: string;
}

/** What a check says of what it looked at. */
export type Verdict =
  | { readonly kind: 'well'; readonly seen: string }
  | { readonly kind: 'wrong'; readonly seen: string; readonly cure: string };

export interface Check {
  readonly code: string;
  /** Undefined where there is nothing to check. */
  readonly find: (observed: Observed, expected: Expected) => Finding | undefined;
}

export function well(seen: string): Verdict {
  return { kind: 'well', seen };
}

export function wrong(seen: string, cure: string): Verdict {
  return { kind: 'wrong', seen, cure };
}

/**
 * One check: the looks that it rests on, and what it makes of them. Where one of them could not be had, the finding says what is
 * missing; where one had nothing to look at, there is no finding.
 */
export function check<K extends keyof Seen>(
  code: string,
  severity: FindingSeverity,
  looks: readonly K[],
  judge: (seen: Pick<Seen, K>, expected: Expected) => Verdict | undefined,
): Check {
  const docs = `docs/doctor.md#${code}`;
  return {
    code,
    find(observed, expected) {
      const seen: Partial<Pick<Seen, K>> = {};
      for (const name of looks) {
        const look = observed[name];
        switch (look.kind) {
          case 'seen':
            seen[name] = look.value;
            break;
          case 'denied':
            return {
              code,
              status: 'unknown',
              seen: `could not look: needs ${look.needs}`,
              cure: `let your credentials ${look.needs} (docs/doctor.md has the whole policy)`,
              docs,
            };
          case 'failed':
            return { code, status: 'unknown', seen: `could not look: ${look.why}`, cure: 'run doctor again', docs };
          case 'skipped':
            return undefined;
        }
      }
      const verdict = judge(seen as Pick<Seen, K>, expected);
      switch (verdict?.kind) {
        case undefined:
          return undefined;
        case 'well':
          return { code, status: 'ok', seen: verdict.seen, docs };
        case 'wrong':
          return { code, status: severity, seen: verdict.seen, cure: verdict.cure, docs };
      }
    },
  };
}
