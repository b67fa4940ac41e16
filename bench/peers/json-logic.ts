import jsonLogic from 'json-logic-js';
import { translate, type Peer, type PeerComparison } from './peer.ts';

/** json-logic-js, one rule after the other. */
export const jsonLogicPeer: Peer = {
  name: 'json-logic-js',
  compile(patterns) {
    const rules = patterns.map((pattern) =>
      translate<unknown>(pattern, ofComparison, (kind, operands) => ({ [kind]: operands })),
    );
    return (message) => {
      const event: unknown = JSON.parse(message);
      return rules.reduce((count: number, rule) => (jsonLogic.apply(rule, event) === true ? count + 1 : count), 0);
    };
  },
};

function ofComparison(comparison: PeerComparison): unknown {
  const value = { var: comparison.path };
  switch (comparison.kind) {
    case 'equals':
      return { '===': [value, comparison.text] };
    case 'differs':
      return { and: [{ '!==': [value, null] }, { '!==': [value, comparison.text] }] };
    case 'prefix':
      return { '===': [{ substr: [{ cat: [value] }, 0, comparison.text.length] }, comparison.text] };
    case 'suffix':
      return { '===': [{ substr: [{ cat: [value] }, -comparison.text.length] }, comparison.text] };
    case 'at-least':
      return { and: [{ '!==': [value, null] }, { '>=': [value, comparison.number] }] };
    case 'false':
      return { '===': [value, false] };
    case 'absent':
      return { '===': [value, null] };
  }
}
