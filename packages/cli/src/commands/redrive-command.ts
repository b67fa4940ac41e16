import type { AwsClients } from '../deployed/aws-clients.ts';
import { awsFailure } from '../deployed/aws-failure.ts';
import { openDeployment } from '../deployed/open-deployment.ts';
import type { StageAtHand } from '../deployed/stage-at-hand.ts';
import { findQueues } from '../redrive/find-queues.ts';
import { ageInWords, printBatches, retellingInWords } from '../redrive/print-redrive.ts';
import { oldestGivenUp, retell, retryGivenUp, takeUndelivered } from '../redrive/redrive.ts';
import { giveBack } from '../redrive/take-messages.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';
import { messageOf } from '../terminal/message-of.ts';

export interface RedriveOptions {
  readonly stage: string;
  readonly yes?: boolean;
}

const [DONE, LEFT, COULD_NOT_RUN] = [0, 1, 2];

const TASKS = {
  started: 'they go back to the matcher now',
  'running-already': 'they are on their way back already',
  'nowhere-to-go': 'they stay: no queue that feeds the matcher was found; see trailbell doctor',
} as const;

/** `trailbell redrive`: what was given up and what was not delivered, shown, and with --yes set right. Returns the exit code. */
export async function redriveCommand(
  options: RedriveOptions,
  terminal: Terminal = new Terminal(),
  nowMs: number = Date.now(),
): Promise<number> {
  using deployment = await openDeployment(options.stage, terminal);
  if (deployment === undefined) return COULD_NOT_RUN;
  const { atHand, aws } = deployment;
  try {
    return await redrive(aws, atHand, options.yes === true, terminal, nowMs);
  } catch (error) {
    const { kind } = awsFailure(error);
    terminal.note(harmless(messageOf(error)));
    if (kind === 'denied') terminal.note('docs/redrive.md has the policy that redrive needs.');
    return COULD_NOT_RUN;
  }
}

/** Shows everything, and sets right what is confirmed. */
export async function redrive(
  aws: AwsClients,
  { prefix }: Pick<StageAtHand, 'prefix'>,
  isConfirmed: boolean,
  terminal: Terminal,
  nowMs: number,
): Promise<number> {
  const queues = await findQueues(aws, prefix);
  if (queues === undefined) {
    terminal.note(`${prefix} is not deployed here: there is nothing to redrive`);
    return COULD_NOT_RUN;
  }
  const { givenUpBatches, undelivered } = queues;
  let isAllFound = undelivered !== undefined;
  const hasGivenUp = givenUpBatches !== undefined && givenUpBatches.visible > 0;
  printBatches(terminal, queues, hasGivenUp ? await oldestGivenUp(aws, givenUpBatches) : undefined, nowMs);
  if (hasGivenUp && isConfirmed) {
    const task = await retryGivenUp(aws, queues);
    isAllFound &&= task !== 'nowhere-to-go';
    terminal.line(`  ${TASKS[task]}`);
  }
  if (undelivered === undefined) {
    terminal.note('no queue of undelivered notifications was found: see trailbell doctor');
  }

  const groups = undelivered === undefined ? [] : await takeUndelivered(aws, undelivered, nowMs);
  let kept = 0;
  terminal.line(
    `${counted(
      groups.reduce((sum, { messages }) => sum + messages.length, 0),
      'notification',
    )} not delivered`,
  );
  for (const group of groups) {
    const [first] = group.messages;
    const states = group.messages.map((message) => ('state' in message ? message.state : '?')).join(', ');
    const age = first === undefined ? '' : `, the first ${ageInWords(first.sentAtMs, nowMs)} ago`;
    terminal.line(harmless(`  ${group.alarmName ?? 'not readable'}: ${states}${age}`));
    if (!isConfirmed && undelivered !== undefined) {
      await giveBack(aws, undelivered, group.messages);
      continue;
    }
    const retelling = await retell(aws, queues, group, nowMs);
    kept += retelling.kind === 'kept' ? 1 : 0;
    terminal.line(harmless(`    ${retellingInWords(retelling)}`));
  }
  const isSomething = hasGivenUp || groups.length > 0;
  if (isSomething && !isConfirmed) {
    terminal.note(
      'Nothing was changed. With --yes, batches go back to the matcher, and each alarm is told again as it stands.',
    );
    return LEFT;
  }
  return kept > 0 || !isAllFound ? LEFT : DONE;
}
