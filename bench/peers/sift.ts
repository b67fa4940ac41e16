import sift from 'sift';
import { translate, type Peer, type PeerComparison } from './peer.ts';

/** sift, MongoDB's query language, one query after the other. */
export const siftPeer: Peer = {
  name: 'sift',
  compile(patterns) {
    const filters = patterns.map((pattern) =>
      sift(translate<Record<string, unknown>>(pattern, ofComparison, (kind, operands) => ({ [`$${kind}`]: operands }))),
    );
    return (message) => {
      const event: unknown = JSON.parse(message);
      return filters.reduce((count, matches) => (matches(event) ? count + 1 : count), 0);
    };
  },
};

function ofComparison(comparison: PeerComparison): Record<string, unknown> {
  return { [comparison.path]: queryOf(comparison) };
}

function queryOf(comparison: PeerComparison): unknown {
  switch (comparison.kind) {
    case 'equals':
      return comparison.text;
    case 'differs':
      return { $exists: true, $ne: comparison.text };
    case 'prefix':
      return new RegExp(`^${literally(comparison.text)}`);
    case 'suffix':
      return new RegExp(`${literally(comparison.text)}$`);
    case 'at-least':
      return { $gte: comparison.number };
    case 'false':
      return false;
    case 'absent':
      return { $exists: false };
  }
}

function literally(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '\\$&');
}
