import jmespath from 'jmespath';
import { translate, type Peer, type PeerComparison } from './peer.ts';

/** jmespath.search, which parses its expression each time. */
export const jmespathPeer: Peer = {
  name: 'jmespath',
  compile(patterns) {
    const expressions = patterns.map((pattern) =>
      translate(pattern, ofComparison, (kind, operands) => `(${operands.join(kind === 'and' ? ' && ' : ' || ')})`),
    );
    return (message) => {
      const event: unknown = JSON.parse(message);
      return expressions.reduce(
        (count, expression) => (jmespath.search(event, expression) === true ? count + 1 : count),
        0,
      );
    };
  },
};

function ofComparison(comparison: PeerComparison): string {
  const path = comparison.path
    .split('.')
    .map((name) => JSON.stringify(name))
    .join('.');
  switch (comparison.kind) {
    case 'equals':
      return `${path} == '${comparison.text}'`;
    case 'differs':
      return `(${path} != null && ${path} != '${comparison.text}')`;
    case 'prefix':
      return `(type(${path}) == 'string' && starts_with(${path}, '${comparison.text}'))`;
    case 'suffix':
      return `(type(${path}) == 'string' && ends_with(${path}, '${comparison.text}'))`;
    case 'at-least':
      return `(${path} != null && ${path} >= \`${comparison.number}\`)`;
    case 'false':
      return `${path} == \`false\``;
    case 'absent':
      return `${path} == null`;
  }
}
