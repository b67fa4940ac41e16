import { resourcesOf, input, type Resource } from './graph.ts';
import type { Scenario } from './scenarios.ts';

export interface PolicyStatement {
  /** The resource that the policy belongs to. */
  readonly of: Resource;
  readonly kind: 'identity' | 'resource' | 'trust';
  readonly sid: string | undefined;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `Service:logs.amazonaws.com` */
  readonly principals: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface PolicyJson {
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
    readonly Condition?: PolicyStatement['conditions'];
  }[];
}

/** Every statement of every policy in a graph. Throws where a policy is not resolved JSON. */
export function statementsOf(scenario: Scenario): readonly PolicyStatement[] {
  return resourcesOf(scenario).flatMap((of) => {
    const inline = (input(of, 'inlinePolicies') ?? []) as readonly { readonly policy: unknown }[];
    return [
      ...inline.flatMap(({ policy }) => read(of, 'identity', policy)),
      ...read(of, 'resource', input(of, 'policy')),
      ...read(of, 'trust', input(of, 'assumeRolePolicy')),
    ];
  });
}

function read(of: Resource, kind: PolicyStatement['kind'], policy: unknown): readonly PolicyStatement[] {
  if (policy === undefined) return [];
  if (typeof policy !== 'string') throw new Error(`the policy of ${of.name} is not text`);
  return (JSON.parse(policy) as PolicyJson).Statement.map((statement) => ({
    of,
    kind,
    sid: statement.Sid,
    effect: statement.Effect,
    actions: listOf(statement.Action),
    resources: listOf(statement.Resource ?? []),
    principals: principalsOf(statement.Principal),
    conditions: statement.Condition ?? {},
  }));
}

function principalsOf(principal: PolicyJson['Statement'][number]['Principal']): readonly string[] {
  if (principal === undefined) return [];
  if (principal === '*') return ['*'];
  return Object.entries(principal).flatMap(([type, names]) => listOf(names).map((name) => `${type}:${name}`));
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
