import type { Deployment } from './deployment.ts';
import type { LogSource } from './log-source.ts';
import type { DeployedRules } from './rules.ts';
import { subscribe } from './subscription.ts';

interface Parts {
  readonly logSource: LogSource;
  readonly matcher: sst.aws.Function;
  readonly rules: DeployedRules;
}

/**
 * What `sst dev` has besides: tabs that follow the matches and tune the rules. The matcher runs on a laptop, and a laptop that sleeps
 * answers that all is well, so nothing is subscribed unless the stage names a pattern of its own.
 */
export function createLiveMode(deployment: Deployment, { logSource, matcher, rules }: Parts): void {
  const { liveFilterPattern } = deployment.stage;
  if (liveFilterPattern !== undefined) subscribe(deployment, logSource, matcher, liveFilterPattern);
  new sst.x.DevCommand('Matches', {
    environment: { TRAILBELL_RULES_FILE: rules.file },
    dev: { title: 'Matches', command: 'node scripts/live-matches.ts', autostart: true },
  });
  new sst.x.DevCommand('Tune', {
    environment: { TRAILBELL_LOG_GROUP: logSource.name },
    dev: { title: 'Tune', command: 'node scripts/live-tune.ts', autostart: false },
  });
}
