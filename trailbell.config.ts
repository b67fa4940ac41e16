import { defineConfig } from '@trailbell/core/config';

export default defineConfig({
  // Our packs, and your own rules, which an upgrade never touches. docs/packs.md says what is in each, and in those left out.
  ruleFolders: [
    'rules/cis',
    'rules/identity',
    'rules/defense-evasion',
    'rules/exfiltration',
    'rules/impact',
    'rules/persistence',
    'rules/tamper',
    'rules/own',
  ],
  // The log group that your trail delivers to.
  logGroupName: 'aws-cloudtrail-logs',
  // Where pages go. Set the URL with `npx sst secret set PagerDutyUrl`; docs/pagerduty.md says where to get it.
  routes: [{ name: 'on-call', endpointSecret: 'PagerDutyUrl', default: true }],
});
