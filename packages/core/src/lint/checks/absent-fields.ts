import { comparisonsOf, formatSelector, parsePattern, type JsonComparison } from '../../pattern/index.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { maySatisfy, type Condition } from '../logic/satisfiable.ts';
import { selectorKey } from '../logic/selector-key.ts';

/** What an identity of some type does not have, and what it has instead. */
interface Absence {
  readonly when: Condition;
  readonly field: RegExp;
  readonly hint: string;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const ABSENCES: readonly Absence[] = [
  absence(
    '$.userIdentity.type = "AssumedRole"',
    /^\$\.userIdentity\.userName$/,
    'the name of the role is $.userIdentity.sessionContext.sessionIssuer.userName',
  ),
  absence(
    '$.userIdentity.type = "IAMUser" || $.userIdentity.type = "AWSService"',
    /^\$\.userIdentity\.sessionContext\.sessionIssuer\./,
    'the issuer of a session is there for roles and federated users',
  ),
  absence(
    '$.userIdentity.type = "AWSService"',
    /^\$\.userIdentity\.(?:arn|userName|accessKeyId)$/,
    'the service is $.userIdentity.invokedBy',
  ),
];

function absence(when: string, field: RegExp, hint: string): Absence {
  const pattern = parsePattern(`{ ${when} }`);
  if (pattern.kind !== 'json') throw new Error(`${when} is no condition`);
  return { when: pattern.condition, field, hint };
}

/** Comparisons with a field that the identities of the pattern's type do not have. */
export function checkAbsentFields({ pattern }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json') return [];
  const types = typesOf(pattern.condition);
  if (types.length === 0) return [];
  return [...comparisonsOf(pattern.condition)].flatMap((comparison) => {
    if (comparison.kind === 'not-exists') return [];
    const key = selectorKey(comparison.selector);
    const found = ABSENCES.find(
      ({ when, field }) => field.test(key) && types.every((type) => maySatisfy([type, when])),
    );
    if (found === undefined) return [];
    return [
      {
        code: 'unknown-field',
        severity: 'warning',
        span: comparison.selector.span,
        message: `records of this identity type have no ${formatSelector(comparison.selector)}`,
        hint: found.hint,
      },
    ];
  });
}

/** The comparison that pins the type for the whole pattern; none where it is open. */
function typesOf(condition: Condition): readonly JsonComparison[] {
  const parts = condition.kind === 'and' ? condition.operands : [condition];
  return parts.flatMap((part): readonly JsonComparison[] => {
    if (part.kind !== 'compare' || selectorKey(part.selector) !== '$.userIdentity.type') return [];
    const { test } = part;
    return test.kind === 'equality' && test.operator === '=' && test.literal.kind === 'text' ? [part] : [];
  });
}
