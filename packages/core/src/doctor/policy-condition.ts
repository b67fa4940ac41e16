import { matchesGlob } from './policy-glob.ts';
import type { PolicyRequest } from './resource-policy.ts';

/** `{"StringEquals": {"aws:SourceAccount": [...]}}`, key by key. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATOR = /^(String|Arn)(Not)?(Equals|Like)(IgnoreCase)?(?:IfExists)?$/;

/** Whether a condition holds for a request; undefined where the request does not say, or the operator is another. */
export function conditionHolds(
  { operator, key, values }: PolicyCondition,
  request: PolicyRequest,
): boolean | undefined {
  const [, type, not, comparison, ignoreCase] = OPERATOR.exec(operator) ?? [];
  const given = valueOf(key.toLowerCase(), request);
  if (type === undefined || given === undefined) return undefined;
  // ArnEquals compares as ArnLike does.
  const isGlob = type === 'Arn' || comparison === 'Like';
  const cased = (text: string) => (ignoreCase === undefined ? text : text.toLowerCase());
  const isOne = values.some((value) =>
    isGlob ? matchesGlob(cased(value), cased(given)) : cased(value) === cased(given),
  );
  return isOne !== (not !== undefined);
}

/** What the request says of a condition's key, in lower case: IAM does not tell cases apart here. */
function valueOf(key: string, { principal, sourceArn, sourceAccount }: PolicyRequest): string | undefined {
  const [arn, account] = /^arn:[\w-]+:iam::(\d{12}):(?:role|user)\/.+$/.exec(principal) ?? [];
  switch (key) {
    case 'aws:sourcearn':
      return sourceArn;
    case 'aws:sourceaccount':
      return sourceAccount;
    case 'aws:principalarn':
      return arn;
    case 'aws:principalaccount':
      return account;
    default:
      return undefined;
  }
}
