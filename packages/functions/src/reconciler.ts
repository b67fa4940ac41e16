import type { Context } from 'aws-lambda';
import { settle } from './alarms/settle.ts';
import { openPipeline } from './pipeline.ts';
import { Telemetry } from './telemetry.ts';

const telemetry = new Telemetry('reconciler');
const { settleContext } = openPipeline(process.env);

/** Runs every minute: settles each alarm whose time has come. One alarm's failure is logged and leaves it due. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  telemetry.logger.addContext(context);
  let failures = 0;
  try {
    for await (const alarm of settleContext.store.due(settleContext.nowMs())) {
      try {
        telemetry.settled({ identity: alarm.identity, outcome: await settle(alarm, settleContext) });
      } catch (error) {
        failures += 1;
        telemetry.logger.error('an alarm could not be settled and stays due', {
          alarm: alarm.identity,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    }
  } finally {
    telemetry.flush();
  }
  if (failures > 0) throw new Error(`${failures} alarms could not be settled`);
}
