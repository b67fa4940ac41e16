import { formatConfigProblem, stageOf, type Stage, type TrailbellConfig } from '@trailbell/core/config';
import { readConfig } from '../rules/project.ts';

/** The stage that a command is for, and what its resources' names begin with. */
export interface StageAtHand {
  readonly config: TrailbellConfig;
  readonly stage: Stage;
  /** `trailbell-production` */
  readonly prefix: string;
}

/** As sst.config.ts names the app. */
const APP = 'trailbell';

/** Reads the project's configuration for a stage; the problems, in words, where there is no usable one. */
export async function stageAtHand(name: string): Promise<StageAtHand | { readonly problems: readonly string[] }> {
  const { config, problems } = await readConfig();
  if (config === undefined) {
    return { problems: problems.map((problem) => `trailbell.config.ts: ${formatConfigProblem(problem)}`) };
  }
  return { config, stage: stageOf(config, name), prefix: `${APP}-${name}` };
}
