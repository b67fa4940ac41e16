import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Stage } from '@trailbell/core/config';
import type { AwsClients } from './aws-clients.ts';
import { awsFailure, noAccess } from './aws-failure.ts';

/** Whose credentials these are. */
export type Identity =
  | { readonly kind: 'known'; readonly accountId: string; readonly region: string }
  /** Why nothing can be done with them, line by line. */
  | { readonly kind: 'unusable'; readonly why: readonly string[] };

/**
 * Asks AWS whose credentials the user has, before anything else is done with them: there may be none, and they may be for another
 * account than the stage is in. Nobody needs a permission to ask that.
 */
export async function identify(aws: AwsClients, stage: Pick<Stage, 'name' | 'account'>): Promise<Identity> {
  try {
    const region = await aws.sts.config.region();
    const { Account: accountId = '' } = await aws.sts.send(new GetCallerIdentityCommand());
    if (stage.account === undefined || stage.account === accountId) return { kind: 'known', accountId, region };
    const why = `these credentials are for the account ${accountId}, and trailbell.config.ts says that ${stage.name} is in ${stage.account}`;
    return { kind: 'unusable', why: [why] };
  } catch (error) {
    const failure = awsFailure(error);
    return { kind: 'unusable', why: noAccess('why' in failure ? failure.why : 'the credentials are refused') };
  }
}
