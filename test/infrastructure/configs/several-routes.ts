import { defineConfig } from '@trailbell/core/config';
import trailbellConfig from '../../../trailbell.config.ts';

export default defineConfig({
  ...trailbellConfig,
  reservedConcurrency: 25,
  excludeOwnCalls: false,
  routes: [
    { name: 'urgent', endpointSecret: 'PagerDutyUrgentUrl', severities: ['critical'] },
    { name: 'gone', endpointSecret: 'PagerDutyGoneUrl', retired: true },
    { name: 'rest', endpointSecret: 'PagerDutyUrl', default: true },
  ],
  stages: {
    production: { account: '777788889999', region: 'eu-central-1' },
    audit: { protected: true },
    alice: { liveFilterPattern: '{ $.userIdentity.userName = "alice" }' },
  },
});
