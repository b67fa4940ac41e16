import type { Context } from 'aws-lambda';
import { reconcile } from './alarms/reconcile.ts';
import { openPipeline } from './pipeline.ts';
import { Telemetry } from './telemetry.ts';

/** Time kept for the last publishes to end and the metrics to be written. */
const RESERVE_MS = 15_000;

const telemetry = new Telemetry('reconciler');
const { settleContext, silentAlarms } = openPipeline(process.env);

/** Runs every minute: settles each alarm whose time has come, as many as the time allows; the others stay due. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.logger.addContext(context);
  try {
    const { failures, isComplete, lagMs } = await reconcile(settleContext, {
      silentAlarms,
      hasTime: () => context.getRemainingTimeInMillis() > RESERVE_MS,
      onSettled: (alarm) => {
        telemetry.settled(alarm);
      },
      onFailure: (alarm, error) => {
        telemetry.logger.error('an alarm could not be settled and stays due', {
          alarm,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      },
    });
    telemetry.lag(lagMs);
    if (!isComplete) telemetry.logger.warn('more alarms are due than could be settled; they come first next time');
    if (failures > 0) throw new Error(`${failures} alarms could not be settled`);
  } finally {
    telemetry.flush();
  }
}
