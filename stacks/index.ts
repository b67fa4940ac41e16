import { createBacktest } from './backtest.ts';
import { createComplianceShadow } from './compliance-shadow.ts';
import { readConfiguration, readStage } from './configuration.ts';
import { createDashboard } from './dashboard.ts';
import { deploymentOf } from './deployment.ts';
import { createFailedBatches, retryFailedBatches } from './failed-batches.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createLiveMode } from './live-mode.ts';
import { createLogSource } from './log-source.ts';
import { checkSecrets, subscribePagerDuty } from './pagerduty.ts';
import { createPipeline } from './pipeline.ts';
import { preFilterPattern } from './pre-filter.ts';
import { compileUserRules } from './rules.ts';
import { createSchedule } from './schedule.ts';
import { createSelfAlarms } from './self-alarms.ts';
import { createStorage } from './storage.ts';
import { subscribe } from './subscription.ts';
import { createTopic } from './topic.ts';

/** Everything there is, for the stage at hand. What is wrong in the configuration or the rules is thrown before anything else. */
export async function createTrailbell() {
  const config = readConfiguration();
  const stage = readStage($app.stage);
  if ($dev && stage.isProtected) {
    throw new Error(
      `sst dev: ${stage.name} is protected and never runs live (leave --stage out to use a stage of your own)`,
    );
  }

  checkSecrets(config.routes);

  const deployment = await deploymentOf(stage);
  const rules = compileUserRules(deployment, config);
  const logSource = createLogSource(deployment);
  const storage = createStorage(deployment);
  const notifications = createTopic(deployment);
  const failedBatches = createFailedBatches(deployment);
  const pipeline = createPipeline(deployment, { storage, notifications, logSource, failedBatches, rules });
  retryFailedBatches(failedBatches, pipeline.matcher);
  const minuteRoleArn = createSchedule('EveryMinute', deployment, { minutes: 1, target: pipeline.reconciler });
  const { undelivered } = subscribePagerDuty(deployment, notifications, config.routes);

  if ($dev) {
    createLiveMode(deployment, { logSource, rules, matcher: pipeline.matcher });
    return outputs();
  }

  const heartbeat = stage.heartbeat ? createHeartbeat(deployment, logSource, notifications) : undefined;
  const ownRoleArns = [
    pipeline.matcher.nodes.role.arn,
    pipeline.reconciler.nodes.role.arn,
    minuteRoleArn,
    ...(heartbeat?.roleArns ?? []),
  ];
  const filterPattern = preFilterPattern(stage, rules.compiled, ownRoleArns);
  const subscription = subscribe(deployment, logSource, pipeline.matcher, filterPattern);
  const watched = { ...pipeline, failedBatches, undelivered, notifications, logSource, subscription, heartbeat };
  createSelfAlarms(deployment, watched);
  createDashboard(deployment, watched);
  if (stage.complianceShadow) createComplianceShadow(deployment, { logSource, notifications });
  return { ...outputs(), ...(stage.backtest && createBacktest(deployment, stage.backtest)) };

  function outputs() {
    return { logGroup: logSource.name, topic: notifications.topic.arn, alarmTable: storage.alarms.name };
  }
}
