import type { Look } from '@trailbell/core/doctor';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { awsFailure } from '../deployed/aws-failure.ts';
import { READS, type ReadAction } from './reads.ts';

type Arguments<A extends ReadAction> = (typeof READS)[A] extends (aws: AwsClients, ...rest: infer R) => unknown
  ? R
  : never;
type Output<A extends ReadAction> = Awaited<ReturnType<(typeof READS)[A]>>;

/** The same table, with each read's arguments and answer tied to its action. */
const reads: { readonly [A in ReadAction]: (aws: AwsClients, ...rest: Arguments<A>) => Promise<Output<A>> } = READS;

export const SKIPPED = { kind: 'skipped' } as const;

export function seen<T>(value: T): Look<T> {
  return { kind: 'seen', value };
}

/** Looks with one read. Undefined is seen where what it asks for is not there. Never rejects because of what AWS answers. */
export async function look<A extends ReadAction>(
  aws: AwsClients,
  action: A,
  ...rest: Arguments<A>
): Promise<Look<Output<A> | undefined>> {
  try {
    return seen(await reads[action](aws, ...rest));
  } catch (error) {
    const failure = awsFailure(error);
    switch (failure.kind) {
      case 'not-found':
        return seen(undefined);
      case 'denied':
        return { kind: 'denied', needs: action };
      case 'failed':
      case 'no-access':
        return { kind: 'failed', why: failure.why };
    }
  }
}

/** What is made of what was seen. */
export function map<T, U>(look: Look<T>, make: (value: T) => U): Look<U> {
  return look.kind === 'seen' ? seen(make(look.value)) : look;
}

/** A further look, for which the first has to have been had; skipped where it was not. */
export function follow<T, U>(look: Look<T>, further: (value: T) => Promise<Look<U>>): Promise<Look<U>> {
  return look.kind === 'seen' ? further(look.value) : Promise.resolve(SKIPPED);
}

/** The same, skipped also where the first look saw that there is nothing. */
export function followIfThere<T, U>(
  look: Look<T | undefined>,
  further: (value: T) => Promise<Look<U>>,
): Promise<Look<U>> {
  return follow(look, (value) => (value === undefined ? Promise.resolve(SKIPPED) : further(value)));
}

/** All or none: the first that could not be had stands for them. */
export function together<T>(looks: readonly Look<T>[]): Look<readonly T[]> {
  const values: T[] = [];
  for (const each of looks) {
    if (each.kind !== 'seen') return each;
    values.push(each.value);
  }
  return seen(values);
}
