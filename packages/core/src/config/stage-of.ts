import { backtestOf } from './backtest.ts';
import type { TrailbellConfig } from './config.ts';
import type { Stage, StageOverrides } from './stage.ts';

/** A stage's settings: its own, else those of the whole configuration, else the defaults. The configuration must be valid. */
export function stageOf(config: TrailbellConfig, name: string): Stage {
  const own: StageOverrides = config.stages?.[name] ?? {};
  const { trail, reservedConcurrency = 10, backtest, ...settings } = { ...config, ...own };
  const { preFilter = true, excludeOwnCalls = preFilter } = settings;
  return {
    name,
    isProtected: own.protected ?? name === 'production',
    logGroupName: settings.logGroupName,
    trail,
    alarmNamePrefix: settings.alarmNamePrefix ?? '',
    logRetentionDays: settings.logRetentionDays ?? 30,
    reservedConcurrency: reservedConcurrency === false ? undefined : reservedConcurrency,
    preFilter,
    excludeOwnCalls,
    heartbeat: settings.heartbeat ?? true,
    complianceShadow: settings.complianceShadow ?? false,
    backtest: backtestOf(backtest),
    account: own.account,
    region: own.region,
    liveFilterPattern: own.liveFilterPattern,
  };
}
