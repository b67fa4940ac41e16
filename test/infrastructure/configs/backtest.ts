import { defineConfig } from '@trailbell/core/config';
import trailbellConfig from '../../../trailbell.config.ts';

export default defineConfig({
  ...trailbellConfig,
  backtest: {
    archiveBuckets: ['my-trail-bucket', 'an-older-trail'],
    archiveKeys: ['arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
    maxConcurrency: 50,
  },
});
