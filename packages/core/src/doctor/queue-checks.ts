import { check, well, wrong, type Check } from './check.ts';

const REDRIVE = (stage: string) => `when its cause is gone: npx trailbell redrive --stage ${stage}`;

/** What was not handled, and what was not delivered. */
export const QUEUE_CHECKS: readonly Check[] = [
  check('failed-batches', 'warning', ['failedBatches'], ({ failedBatches }) => {
    const waiting = failedBatches.reduce((sum, { messages }) => sum + messages, 0);
    return waiting === 0
      ? well('no batch waits for another attempt')
      : wrong(
          `${waiting} failed batches wait for another attempt: their pages are late`,
          'nothing to do once the cause is gone: docs/runbook.md#failed-batches',
        );
  }),
  check('given-up-batches', 'error', ['givenUpBatches'], ({ givenUpBatches: { name, messages } }, { stage }) =>
    messages === 0
      ? well('no batch was given up')
      : wrong(`${messages} batches were given up and lie in ${name}: their pages never came`, REDRIVE(stage.name)),
  ),
  check('undelivered', 'error', ['undelivered'], ({ undelivered: { name, messages } }, { stage }) =>
    messages === 0
      ? well('every notification was delivered')
      : wrong(`${messages} notifications lie in ${name}: PagerDuty never got them`, REDRIVE(stage.name)),
  ),
];
