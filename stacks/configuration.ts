import {
  MAX_STAGE_NAME_LENGTH,
  formatConfigProblem,
  stageOf,
  validateConfig,
  type Stage,
  type TrailbellConfig,
} from '@trailbell/core/config';
import trailbellConfig from '../trailbell.config.ts';

/** The user's configuration. Throws, naming every field that is wrong, before anything is created. */
export function readConfiguration(): TrailbellConfig {
  const { config, problems } = validateConfig(trailbellConfig);
  if (config === undefined) throw new Error(problems.map(formatConfigProblem).join('\n'));
  return config;
}

/** One stage's settings. Throws where the configuration is wrong, or the name is one that resources cannot bear. */
export function readStage(name: string): Stage {
  if (name.length > MAX_STAGE_NAME_LENGTH || !/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(name)) {
    throw new Error(
      `--stage ${JSON.stringify(name)}: expected words and digits joined by hyphens, ${MAX_STAGE_NAME_LENGTH} characters at most`,
    );
  }
  return stageOf(readConfiguration(), name);
}
