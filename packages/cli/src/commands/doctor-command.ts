import { formatProblem } from '@trailbell/core/rule';
import { openAwsClients } from '../deployed/aws-clients.ts';
import { identify } from '../deployed/identify.ts';
import { stageAtHand } from '../deployed/stage-at-hand.ts';
import { doctor } from '../doctor/doctor.ts';
import { printDiagnoses } from '../doctor/print-diagnoses.ts';
import { ruleFoldersOf } from '../rules/project.ts';
import { readRules } from '../rules/read-rules.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface DoctorOptions {
  readonly stage: string;
  readonly json?: boolean;
}

const [ALL_WELL, FINDINGS, COULD_NOT_RUN] = [0, 1, 2];

/** `trailbell doctor`: what is wrong with a deployment, or will be with the next. Returns the exit code. */
export async function doctorCommand(options: DoctorOptions, terminal: Terminal = new Terminal()): Promise<number> {
  const atHand = await stageAtHand(options.stage);
  if ('problems' in atHand) {
    for (const problem of atHand.problems) terminal.note(harmless(problem));
    return COULD_NOT_RUN;
  }
  using aws = openAwsClients(atHand.stage.region);
  const identity = await identify(aws, atHand.stage);
  if (identity.kind === 'unusable') {
    for (const line of identity.why) terminal.note(harmless(line));
    return COULD_NOT_RUN;
  }
  const { rules, problems } = await readRules(ruleFoldersOf(atHand.config));
  for (const problem of problems) for (const line of formatProblem(problem).split('\n')) terminal.note(harmless(line));
  const { accountId, region } = identity;
  const diagnoses = await doctor(aws, atHand, identity, rules, Date.now());
  const findings = diagnoses.flatMap(({ about, findings }) => findings.map((finding) => ({ about, ...finding })));
  if (options.json === true) {
    await terminal.write(`${harmlessJson(JSON.stringify({ stage: options.stage, accountId, region, findings }))}\n`);
  } else {
    terminal.line(`${atHand.prefix} in the account ${accountId}, ${region}`);
    terminal.line();
    printDiagnoses(terminal, diagnoses);
  }
  return findings.every(({ status }) => status === 'ok') ? ALL_WELL : FINDINGS;
}
