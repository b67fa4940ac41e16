import { hash } from 'node:crypto';
import type { GraphOptions } from './options.ts';

type Inputs = Readonly<Record<string, unknown>>;
type Where = Pick<GraphOptions, 'accountId' | 'region' | 'partition'>;

/** What AWS would have made of a resource: its id, and the attributes that others refer to. */
export function createdResource(
  type: string,
  name: string,
  inputs: Inputs,
  where: Where,
): { readonly id: string; readonly state: Inputs } {
  const { accountId, region, partition } = where;
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
  const id = text(inputs.name) ?? text(inputs.bucket) ?? text(inputs.dashboardName) ?? kebab(name);
  const state = { name: id, ...inputs };
  switch (type) {
    case 'aws:lambda/function:Function':
      return { id, state: { ...state, arn: arn('lambda', `function:${id}`), version: '$LATEST' } };
    case 'aws:iam/role:Role':
      return { id, state: { ...state, arn: `arn:${partition}:iam::${accountId}:role/${id}` } };
    case 'aws:dynamodb/table:Table':
      return { id, state: { ...state, arn: arn('dynamodb', `table/${id}`) } };
    case 'aws:sns/topic:Topic':
      return { id: arn('sns', id), state: { ...state, arn: arn('sns', id) } };
    case 'aws:sqs/queue:Queue': {
      const url = `https://sqs.${region}.${dnsSuffix(partition)}/${accountId}/${id}`;
      return { id: url, state: { ...state, url, arn: arn('sqs', id) } };
    }
    case 'aws:cloudwatch/logGroup:LogGroup':
      return { id, state: { ...state, arn: arn('logs', `log-group:${id}`) } };
    case 'aws:kms/key:Key':
      return { id, state: { ...state, keyId: id, arn: arn('kms', `key/${id}`) } };
    case 'aws:s3/bucket:Bucket':
      return { id, state: { ...state, bucket: id, arn: `arn:${partition}:s3:::${id}` } };
    case 'aws:sfn/stateMachine:StateMachine':
      return { id: arn('states', `stateMachine:${id}`), state: { ...state, arn: arn('states', `stateMachine:${id}`) } };
    case 'aws:s3/bucketObjectv2:BucketObjectv2':
      return { id: text(inputs.key) ?? id, state };
    case 'random:index/randomBytes:RandomBytes': {
      const bytes = Buffer.from(hash('sha256', name, 'hex'), 'hex');
      return { id, state: { ...inputs, base64: bytes.toString('base64'), hex: bytes.toString('hex') } };
    }
    default:
      return { id, state: { ...state, arn: arn(type.split(/[:/]/)[1] ?? '', id) } };
  }
}

/** What AWS answers to a look-up. Throws for one that is not known here. */
export function lookedUp(token: string, inputs: Inputs, { accountId, region, partition }: Where): object {
  switch (token) {
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { accountId, id: accountId, userId: 'graph', arn: `arn:${partition}:iam::${accountId}:user/graph` };
    case 'aws:index/getRegion:getRegion':
      return { region, id: region, name: region };
    case 'aws:index/getPartition:getPartition':
      return { partition, id: partition, dnsSuffix: dnsSuffix(partition) };
    case 'aws:cloudwatch/getLogGroup:getLogGroup':
      return {
        ...inputs,
        id: inputs.name,
        arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${String(inputs.name)}`,
      };
    case 'aws:iam/getPolicyDocument:getPolicyDocument':
      return { ...inputs, json: JSON.stringify(policyDocument(inputs)) };
    default:
      throw new Error(`the graph does not know what AWS answers to ${token}`);
  }
}

function dnsSuffix(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

interface PolicyInputs {
  readonly statements?: readonly {
    readonly sid?: string;
    readonly effect?: string;
    readonly actions?: readonly string[];
    readonly resources?: readonly string[];
    readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
    readonly conditions?: readonly {
      readonly test: string;
      readonly variable: string;
      readonly values: readonly string[];
    }[];
  }[];
}

/** The JSON that the AWS provider makes of a policy document. */
function policyDocument({ statements = [] }: PolicyInputs): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect = 'Allow', actions, resources, principals, conditions }) => ({
      ...(sid !== undefined && { Sid: sid }),
      Effect: effect,
      ...(actions && { Action: oneOrMore(actions) }),
      ...(resources && { Resource: oneOrMore(resources) }),
      ...(principals && { Principal: principalsOf(principals) }),
      ...(conditions && { Condition: conditionsOf(conditions) }),
    })),
  };
}

function principalsOf(principals: readonly { readonly type: string; readonly identifiers: readonly string[] }[]) {
  if (principals.some(({ type }) => type === '*')) return '*';
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, oneOrMore(identifiers)]));
}

function conditionsOf(
  conditions: readonly { readonly test: string; readonly variable: string; readonly values: readonly string[] }[],
) {
  const tests = Map.groupBy(conditions, ({ test }) => test);
  return Object.fromEntries(
    [...tests].map(([test, all]) => [
      test,
      Object.fromEntries(all.map(({ variable, values }) => [variable, oneOrMore(values)])),
    ]),
  );
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
