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
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  /** In lower case: IAM does not tell cases apart here. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Whether a resource's policy allows a request, as far as doctor needs to know: statements that allow, their principals and actions
 * with wildcards, and the conditions on where the request comes from. A condition of another kind is taken to hold, and statements
 * that deny are not looked at: doctor then says too little, and nothing false. A policy that cannot be read allows nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function policyAllows(policy: string, request: PolicyRequest): boolean {
  return statementsOf(policy).some(
    (statement) =>
      statement.effect === 'Allow' &&
      statement.principals.some((principal) => isPrincipal(principal, request.principal)) &&
      statement.actions.some((action) => matchesGlob(action.toLowerCase(), request.action.toLowerCase())) &&
      statement.conditions.every((condition) => holds(condition, request)),
  );
}

/** Whether anybody at all is allowed an action, without any condition. */
export function allowsEverybody(policy: string, action: string): boolean {
  return statementsOf(policy).some(
    ({ effect, principals, actions, conditions }) =>
      effect === 'Allow' &&
      principals.includes('*') &&
      conditions.length === 0 &&
      actions.some((each) => matchesGlob(each.toLowerCase(), action.toLowerCase())),
  );
}

/** An account stands for its root: IAM writes one as the other. */
function isPrincipal(principal: string, asking: string): boolean {
  if (principal === '*' || principal === asking) return true;
  const account = /^arn:[\w-]+:iam::(\d{12}):root$/.exec(asking)?.[1];
  return account !== undefined && principal === account;
}

function holds({ key, values }: Condition, { sourceArn, sourceAccount }: PolicyRequest): boolean {
  const given = key === 'aws:sourcearn' ? sourceArn : key === 'aws:sourceaccount' ? sourceAccount : undefined;
  return given === undefined || values.some((value) => matchesGlob(value, given));
}

function matchesGlob(glob: string, text: string): boolean {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`, 's').test(text);
}

function statementsOf(policy: string): readonly Statement[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    return [];
  }
  if (!isRecord(document)) return [];
  const statements: readonly unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.filter(isRecord).map((statement) => ({
    effect: String(statement.Effect),
    principals: isRecord(statement.Principal)
      ? Object.values(statement.Principal).flatMap(texts)
      : texts(statement.Principal),
    actions: texts(statement.Action),
    conditions: isRecord(statement.Condition)
      ? Object.values(statement.Condition)
          .filter(isRecord)
          .flatMap((keys) =>
            Object.entries(keys).map(([key, value]) => ({ key: key.toLowerCase(), values: texts(value) })),
          )
      : [],
  }));
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((each) => typeof each === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
