import type { Rule } from '@trailbell/core/rule';
import { cisReferences, otherReferences } from './references.ts';
import { cell, markdownTable } from './markdown-table.ts';
import { ringingRules, type Pack, type PackName } from './read-packs.ts';
import type { AllRuleCounts } from './rule-counts.ts';

const ABOUT: Readonly<Record<PackName, string>> = {
  cis: 'The monitoring controls of the CIS AWS Foundations Benchmark, from version 1.2 to 7.0. Where the text of the benchmark is known to be noisy or wrong, the rule says what was meant; the comments in its file tell the difference.',
  identity: 'Users, roles, keys, second factors, secrets, and who may become whom.',
  'defense-evasion': 'Somebody switches off what would see them: records, detectors, guard rails.',
  exfiltration: 'Data, images and snapshots that become reachable from elsewhere, or are carried there.',
  impact: 'Data or machines are destroyed, locked or used at your cost.',
  persistence: 'Ways to come back later, and ways in that were not there before.',
  discovery:
    'Somebody looks around. These count what daily work does too, and ring only when it is much in a short time.',
  tamper: 'Changes to the trail and to Trailbell itself: the pipeline must not die silently.',
  'cis-exact':
    "The benchmark's own patterns, character by character, for auditors who ask for them. They are not for people on call, and not among the default folders.",
};

const WORDS: Readonly<Record<string, string>> = {
  '$.recipientAccountId': 'account',
  '$.userIdentity.arn': 'principal',
  '$.userIdentity.userName': 'user',
  '$.userIdentity.accountId': "principal's account",
  '$.userIdentity.principalId': 'principal',
  '$.sourceIPAddress': 'address',
  '$.requestParameters.bucketName': 'bucket',
  '$.requestParameters.userName': 'user',
};

/** docs/packs.md: everything in it comes from the rule files and the counts. */
export function packsPage(packs: readonly Pack[], counts: AllRuleCounts): string {
  const { sampleDay, captured } = counts;
  return [
    '# The packs',
    '',
    '<!-- Made by `npm run docs:packs` from the files in rules/. Change those, not this page. -->',
    '',
    `${ringingRules(packs).length} rules come with Trailbell, in folders by what they are about. Name the folders that you want in`,
    '`ruleFolders` of `trailbell.config.ts`; when you begin, all but `discovery` and `cis-exact` are named there. Each rule carries',
    'its examples and a timeline; `npx trailbell test` runs them.',
    '[rules.md](rules.md) says how to change a rule of a pack without copying it.',
    '',
    '- **Severity** is what PagerDuty is told. `critical` and `error` are worth waking somebody. `warning` can wait for the',
    '  morning, and `info` is for reading: send these two to a service of low urgency with a',
    '  [route](pagerduty.md).',
    '- **Rings at** says how many records, within how long, and what has an alarm of its own. A blank period is five minutes.',
    `- **Sample day** says how many of the ${sampleDay.records} records of an ordinary day at a small company the rule counts,`,
    `  and **Captured** how many of ${thousands(captured.records)} records that real trails wrote. Most of the captured ones come from accounts in which`,
    '  attacks were played through, so they show that a rule works rather than how often it rings. A blank is none.',
    '- Many rules are wider or sharper than another: one event may then ring both, at different severities.',
    '',
    ...packs.flatMap((pack) => section(pack, counts)),
    '## The controls of the benchmark',
    '',
    markdownTable(controls(packs)),
    '',
  ].join('\n');
}

function section({ name, rules }: Pack, { sampleDay, captured }: AllRuleCounts): readonly string[] {
  const isExact = name === 'cis-exact';
  const head = ['Rule', 'Rings for', 'Severity', 'Rings at', 'References', 'Sample day', 'Captured'];
  const rows = rules.map((rule) => [
    `[${rule.name}](../${rule.source.file})`,
    cell(rule.title),
    rule.severity,
    ringsAt(rule),
    [...cisReferences(rule), ...otherReferences(rule)].join(', '),
    String(sampleDay.byRule[rule.name] ?? ''),
    String(captured.byRule[rule.name] ?? ''),
  ]);
  const columns = isExact ? 5 : head.length;
  const table = markdownTable([head, ...rows].map((row) => row.slice(0, columns)));
  return [`## ${name}`, '', ABOUT[name], '', table, ''];
}

function ringsAt({ alarm, groupBy }: Rule): string {
  const minutes = alarm.period / 60;
  const within = minutes === 5 ? '' : minutes % 60 === 0 ? ` in ${minutes / 60} h` : ` in ${minutes} min`;
  const group = groupBy.map((selector) => WORDS[selector] ?? selector).join(' and ');
  return `${alarm.threshold}${within}${group === '' ? '' : ` per ${group}`}`;
}

function controls(packs: readonly Pack[]): readonly (readonly string[])[] {
  const rulesOf = (name: PackName) => packs.find((pack) => pack.name === name)?.rules ?? [];
  const exact = rulesOf('cis-exact');
  const rows = rulesOf('cis').map((rule) => {
    const names = exact.filter(({ name }) => name.startsWith(`${rule.name}-exact`)).map(({ name }) => name);
    return [cisReferences(rule).join(', '), rule.name, names.join(', ')];
  });
  const byNumber = rows.toSorted(([one = ''], [other = '']) => numberOf(one) - numberOf(other));
  return [['Numbers', 'Rule', 'Exact text'], ...byNumber];
}

/** The number of a control within its section: 10 of `CIS 3.10 (1.2)`. */
function numberOf(text: string): number {
  return Number(/\.(\d+) \(/.exec(text)?.[1]);
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
