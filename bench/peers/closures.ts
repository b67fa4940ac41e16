import { compilePattern, parseEvent } from '@trailbell/core/pattern';
import type { Peer } from './peer.ts';

/** Each rule compiled by itself and tried on every event. */
export const closures: Peer = {
  name: 'closures for each rule',
  compile(patterns) {
    const compiled = patterns.map((pattern) => compilePattern(pattern));
    return (message) => {
      const event = parseEvent(message);
      return compiled.reduce((count, pattern) => (pattern.matchesEvent(event) ? count + 1 : count), 0);
    };
  },
};
