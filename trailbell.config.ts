import { defineConfig } from '@trailbell/core/config';

export default defineConfig({
  // Our packs, and your own rules, which an upgrade never touches.
  ruleFolders: ['rules/cis', 'rules/own'],
  // The log group that your trail delivers to.
  logGroupName: 'aws-cloudtrail-logs',
});
