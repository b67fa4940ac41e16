import { openDeployment } from '../deployed/open-deployment.ts';
import { doctor } from '../doctor/doctor.ts';
import { printDiagnoses } from '../doctor/print-diagnoses.ts';
import { ruleFoldersOf } from '../rules/project.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { harmlessJson } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';

export interface DoctorOptions {
  readonly stage: string;
  readonly json?: boolean;
}

const [ALL_WELL, FINDINGS, COULD_NOT_RUN] = [0, 1, 2];

/** `trailbell doctor`: what is wrong with a deployment, or will be with the next. Returns the exit code. */
export async function doctorCommand(options: DoctorOptions, terminal: Terminal = new Terminal()): Promise<number> {
  using deployment = await openDeployment(options.stage, terminal);
  if (deployment === undefined) return COULD_NOT_RUN;
  const { atHand, aws, identity } = deployment;
  const { rules, problems } = await readRules(ruleFoldersOf(atHand.config));
  printProblems(problems, terminal);
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
