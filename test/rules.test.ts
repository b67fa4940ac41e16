import { testRules } from '@trailbell/cli/vitest';

testRules('rules');
