import { defineConfig } from '@trailbell/core/config';
import trailbellConfig from '../../../trailbell.config.ts';

export default defineConfig({
  ...trailbellConfig,
  logGroupName: 'cloudtrail/organization',
  trail: { logRetentionDays: 365, organization: { id: 'o-a1b2c3d4e5', managementAccount: '111122223333' } },
});
