import { defineConfig } from '@trailbell/core/config';
import trailbellConfig from '../../../trailbell.config.ts';

export default defineConfig({
  ...trailbellConfig,
  alarmNamePrefix: 'acme ',
  logRetentionDays: 7,
  reservedConcurrency: false,
  preFilter: false,
  heartbeat: false,
});
