import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openAwsClients, type AwsClients } from './aws-clients.ts';
import { identify, type Identity } from './identify.ts';
import { stageAtHand, type StageAtHand } from './stage-at-hand.ts';

/** A stage, and the clients with which the user's credentials reach it. */
export interface OpenDeployment extends Disposable {
  readonly atHand: StageAtHand;
  readonly aws: AwsClients;
  readonly identity: Extract<Identity, { kind: 'known' }>;
}

/** What a command needs of a deployment; undefined, and the reason told, where configuration or credentials cannot be used. */
export async function openDeployment(stage: string, terminal: Terminal): Promise<OpenDeployment | undefined> {
  const atHand = await stageAtHand(stage);
  if ('problems' in atHand) {
    for (const problem of atHand.problems) terminal.note(harmless(problem));
    return undefined;
  }
  const aws = openAwsClients(atHand.stage.region);
  const identity = await identify(aws, atHand.stage);
  if (identity.kind === 'known') {
    return {
      ...{ atHand, aws, identity },
      [Symbol.dispose]: () => {
        aws[Symbol.dispose]();
      },
    };
  }
  aws[Symbol.dispose]();
  for (const line of identity.why) terminal.note(harmless(line));
  return undefined;
}
