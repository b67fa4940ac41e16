import { randomUUID } from 'node:crypto';
import type { TrailbellConfig } from '@trailbell/core/config';
import type { DrillPlan } from '@trailbell/core/drill';
import { compileRules, type LoadedRule } from '@trailbell/core/rule';
import { openAwsClients } from '../deployed/aws-clients.ts';
import { awsFailure } from '../deployed/aws-failure.ts';
import { identify } from '../deployed/identify.ts';
import { stageAtHand, type StageAtHand } from '../deployed/stage-at-hand.ts';
import { chooseDrill } from '../drill/choose-drill.ts';
import { deployedPlace } from '../drill/deployed-place.ts';
import { hopInWords, verdictInWords } from '../drill/drill-in-words.ts';
import { drill, type DrillPlace } from '../drill/drill.ts';
import { ruleFoldersOf } from '../rules/project.ts';
import { printProblems } from '../rules/print-problems.ts';
import { readRules } from '../rules/read-rules.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';
import { messageOf } from '../terminal/message-of.ts';

export interface DrillOptions {
  readonly stage: string;
  readonly local?: boolean;
  readonly yes?: boolean;
}

const [PASSED, FAILED, COULD_NOT_RUN] = [0, 1, 2];

/** `trailbell drill`: makes a rule ring, and follows its page to the end. Returns the exit code. */
export async function drillCommand(
  name: string | undefined,
  options: DrillOptions,
  terminal: Terminal = new Terminal(),
): Promise<number> {
  const atHand = await stageAtHand(options.stage);
  if ('problems' in atHand) return couldNotRun(terminal, atHand.problems);
  const { rules, problems } = await readRules(ruleFoldersOf(atHand.config));
  printProblems(problems, terminal);
  const drillId = randomUUID().slice(0, 8);
  const chosen = chooseDrill(rules, name, drillId, Date.now());
  if ('problem' in chosen) return couldNotRun(terminal, [chosen.problem]);
  const { rule, plan } = chosen;
  if (options.local === true) return drillHere(atHand.config, rule, plan, terminal);
  if (options.yes !== true) {
    return couldNotRun(terminal, [
      `This would ring whoever is on call for ${rule.name} (${rule.severity}) in ${atHand.prefix}, for an event that did not happen.`,
      'Tell them, then say --yes. With --local nobody is rung: it is the same on this machine.',
    ]);
  }
  return drillThere(atHand, rule, plan, terminal);
}

async function drillThere(atHand: StageAtHand, rule: LoadedRule, plan: DrillPlan, terminal: Terminal): Promise<number> {
  using aws = openAwsClients(atHand.stage.region);
  const identity = await identify(aws, atHand.stage);
  if (identity.kind === 'unusable') return couldNotRun(terminal, identity.why);
  const followed = { isPut: false };
  try {
    const place = await deployedPlace(aws, atHand);
    if (place === undefined)
      return couldNotRun(terminal, [`${atHand.prefix} is not deployed here: see trailbell doctor`]);
    const put: DrillPlace['put'] = async (records) => {
      await place.put(records);
      followed.isPut = true;
    };
    return await holdDrill({ ...place, put }, rule, plan, place.logGroupName, terminal);
  } catch (error) {
    const { kind } = awsFailure(error);
    const policy = kind === 'denied' ? ['docs/drill.md has the policy that a drill needs.'] : [];
    couldNotRun(terminal, [messageOf(error), ...policy]);
    if (!followed.isPut) return COULD_NOT_RUN;
    terminal.note(
      'The drill was not followed to its end. Its records were put: the page comes all the same, and its end.',
    );
    return FAILED;
  }
}

async function drillHere(
  config: TrailbellConfig,
  rule: LoadedRule,
  plan: DrillPlan,
  terminal: Terminal,
): Promise<number> {
  // The local AWS takes long to load, and a drill in AWS does without.
  const { Clock, startDeployment } = await import('@trailbell/local');
  const { localPlace } = await import('../drill/local-place.ts');
  const startMs = plan.records.at(-1)?.timestamp ?? 0;
  const { logGroupName, accounts, redact } = config;
  await using deployment = await startDeployment({
    clock: new Clock(startMs),
    rules: compileRules([rule], { version: startMs, accounts, redact }),
    logGroupName,
  });
  const stopListening = deployment.pagerDuty.onChange(({ kind, atMs }) => {
    if (kind !== 'opened' && kind !== 'resolved') return;
    terminal.line(`  ${((atMs - startMs) / 1000).toFixed(1).padStart(7)} s  PagerDuty has ${kind} the incident`);
  });
  const exitCode = await holdDrill(localPlace(deployment), rule, plan, logGroupName, terminal);
  stopListening();
  return exitCode;
}

async function holdDrill(
  place: DrillPlace,
  { name, severity }: LoadedRule,
  plan: DrillPlan,
  logGroupName: string,
  terminal: Terminal,
): Promise<number> {
  const records = counted(plan.records.length, 'marked record');
  terminal.line(harmless(`Drill of ${name} (${severity}): ${records} into ${logGroupName}`));
  const verdict = await drill(place, plan, (hop, afterMs) => {
    terminal.line(hopInWords(hop, afterMs));
  });
  terminal.line(verdictInWords(verdict));
  return verdict.kind === 'passed' ? PASSED : FAILED;
}

function couldNotRun(terminal: Terminal, why: readonly string[]): number {
  for (const line of why) terminal.note(harmless(line));
  return COULD_NOT_RUN;
}
