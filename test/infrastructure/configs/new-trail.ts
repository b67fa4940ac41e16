import { defineConfig } from '@trailbell/core/config';
import trailbellConfig from '../../../trailbell.config.ts';

export default defineConfig({
  ...trailbellConfig,
  logGroupName: 'cloudtrail/new',
  trail: { logRetentionDays: 90, fileRetentionDays: 365 },
});
