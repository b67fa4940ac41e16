import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { heartbeatMessage } from '@trailbell/core/heartbeat';
import { readHeartbeatEnvironment } from './heartbeat-environment.ts';

const { logGroupName, logStreamName, deploymentName } = readHeartbeatEnvironment(process.env);
const logs = new CloudWatchLogsClient({ requestHandler: { requestTimeout: 3_000, connectionTimeout: 1_000 } });

/**
 * Runs on a schedule: writes one marked event into a log stream of its own, and does nothing else. Throws where CloudWatch Logs did
 * not take it.
 */
export async function handler(): Promise<void> {
  const nowMs = Date.now();
  const { rejectedLogEventsInfo } = await logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: [{ timestamp: nowMs, message: heartbeatMessage(deploymentName, nowMs) }],
    }),
  );
  // CloudWatch Logs answers that all is well where it drops an event because of its time.
  if (rejectedLogEventsInfo !== undefined) {
    throw new Error(`the beat was rejected: ${JSON.stringify(rejectedLogEventsInfo)}`);
  }
}
