import { cell, markdownTable } from './markdown-table.ts';
import type { PeerAgreement } from './peer-agreement.ts';
import { PEER_REASONS } from './peer-reasons.ts';

/** docs/peer-agreement.md: which tests of other projects' rules our packs agree with, rule by rule, and why not where not. */
export function peerPage(agreements: readonly PeerAgreement[]): string {
  const tests = agreements.flatMap((agreement) => agreement.tests);
  const agreed = tests.filter(({ agrees }) => agrees).length;
  const whole = agreements.filter((agreement) => agreement.tests.every(({ agrees }) => agrees)).length;
  const rows = agreements
    .toSorted((one, other) => (`${one.peer} ${one.rule}` < `${other.peer} ${other.rule}` ? -1 : 1))
    .map((agreement) => {
      const agrees = agreement.tests.filter((test) => test.agrees).length;
      const isWhole = agrees === agreement.tests.length;
      return [
        peerName(agreement.peer),
        cell(agreement.rule),
        `${agrees} of ${agreement.tests.length}`,
        agreement.ourRules.join(', '),
        isWhole ? '' : cell(PEER_REASONS[agreement.rule] ?? ''),
      ];
    });
  return [
    '# How our packs compare with other projects',
    '',
    '<!-- Made by `npm run docs:packs`. Change the rules, not this page. -->',
    '',
    'Other projects publish detections for CloudTrail together with tests: an event, and whether their rule should ring for it. We',
    'ran our packs over tests of three of them.',
    '',
    '- Where a test expects an alarm, we agree if one of our rules counts the event.',
    "- Where it expects none, we agree if none of our rules that come closest to the peer's counts it. These are, for each event",
    '  that should ring, the rule of ours that counts the fewest events that should not.',
    '- Thresholds are left out on both sides: a test is one event.',
    '',
    `We agree with ${agreed} of ${tests.length} tests, and with all tests of ${whole} of ${agreements.length} rules. The last column says why not, where`,
    'not. A test whose mock stands for a memory or for a list of yours is judged by its event alone.',
    '',
    markdownTable([['Peer', 'Rule', 'Agree', 'Our rules', 'Why not'], ...rows]),
    '',
  ].join('\n');
}

function peerName(repository: string): string {
  return repository.slice(repository.indexOf('/') + 1);
}
