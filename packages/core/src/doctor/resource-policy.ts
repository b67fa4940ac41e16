import { isJsonObject, parseJson } from '../json/index.ts';
import { conditionHolds, type PolicyCondition } from './policy-condition.ts';
import { matchesGlob } from './policy-glob.ts';

/** What somebody asks of a resource: who, what, and for which other resource. */
export interface PolicyRequest {
  /** A service such as `cloudwatch.amazonaws.com`, or an ARN such as `arn:aws:iam::111122223333:root`. */
  readonly principal: string;
  readonly action: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

interface Statement {
  readonly effect: string;
  readonly principals: Listed;
  readonly actions: Listed;
  readonly conditions: readonly PolicyCondition[];
}

/** What is named, or everything but what is named (`NotPrincipal`, `NotAction`). */
interface Listed {
  readonly names: readonly string[];
  readonly isInverted: boolean;
}

/**
 * Whether a resource's policy allows a request: some statement grants it, and none denies it. A policy that cannot be read allows
 * nothing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function policyAllows(policy: string, request: PolicyRequest): boolean {
  return policyGrants(policy, request) && !policyDenies(policy, request);
}

/**
 * Whether a statement of the policy allows a request, whatever others deny. A condition on what a request does not say is taken to
 * hold: doctor then says too little, and nothing false.
 */
export function policyGrants(policy: string, request: PolicyRequest): boolean {
  return statementsOf(policy).some(
    ({ effect, principals, actions, conditions }) =>
      effect === 'Allow' &&
      isListed(principals, (principal) => isPrincipal(principal, request.principal)) &&
      isListed(actions, (action) => matchesAction(action, request.action)) &&
      conditions.every((condition) => conditionHolds(condition, request) !== false),
  );
}

/**
 * Whether a statement of the policy denies a request for certain: a condition on what the request does not say, such as whether it
 * is encrypted on its way, is taken not to hold. Denied to an account is denied to everybody in it.
 */
export function policyDenies(policy: string, request: PolicyRequest): boolean {
  return statementsOf(policy).some(
    ({ effect, principals, actions, conditions }) =>
      effect === 'Deny' &&
      isListed(principals, (principal) => isPrincipal(principal, request.principal, 'or its account')) &&
      isListed(actions, (action) => matchesAction(action, request.action)) &&
      conditions.every((condition) => conditionHolds(condition, request) === true),
  );
}

/** Whether anybody at all is allowed an action, without any condition. */
export function allowsEverybody(policy: string, action: string): boolean {
  return statementsOf(policy).some(
    ({ effect, principals, actions, conditions }) =>
      effect === 'Allow' &&
      !principals.isInverted &&
      principals.names.includes('*') &&
      conditions.length === 0 &&
      isListed(actions, (each) => matchesAction(each, action)),
  );
}

function isListed({ names, isInverted }: Listed, isMeant: (name: string) => boolean): boolean {
  return names.some(isMeant) !== isInverted;
}

function matchesAction(glob: string, action: string): boolean {
  return matchesGlob(glob.toLowerCase(), action.toLowerCase());
}

/** An account stands for its root: IAM writes one as the other. */
function isPrincipal(principal: string, asking: string, also?: 'or its account'): boolean {
  if (principal === '*' || principal === asking) return true;
  const [, account, resource] = /^arn:[\w-]+:iam::(\d{12}):(.+)$/.exec(asking) ?? [];
  if (account === undefined || (resource !== 'root' && also === undefined)) return false;
  return principal === account || (principal.endsWith(`:iam::${account}:root`) && principal.startsWith('arn:'));
}

function statementsOf(policy: string): readonly Statement[] {
  const document = parseJson(policy);
  if (!isJsonObject(document)) return [];
  const statements: readonly unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.filter(isJsonObject).map((statement) => ({
    effect: String(statement.Effect),
    principals: listed(statement.Principal, statement.NotPrincipal),
    actions: listed(statement.Action, statement.NotAction),
    conditions: isJsonObject(statement.Condition)
      ? Object.entries(statement.Condition).flatMap(([operator, keys]) =>
          Object.entries(isJsonObject(keys) ? keys : {}).map(([key, value]) => ({
            operator,
            key,
            values: texts(value),
          })),
        )
      : [],
  }));
}

function listed(named: unknown, excepted: unknown): Listed {
  const isInverted = named === undefined && excepted !== undefined;
  const value = isInverted ? excepted : named;
  return { isInverted, names: isJsonObject(value) ? Object.values(value).flatMap(texts) : texts(value) };
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((each) => typeof each === 'string');
}
