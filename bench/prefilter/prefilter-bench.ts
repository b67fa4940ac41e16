// How much the generated subscription filter lets through, next to what some rule matches: the table of docs/prefilter.md.
import { PatternSet } from '@trailbell/core/matcher';
import { comparisonsOf, parseEvent, parsePattern, type JsonComparison } from '@trailbell/core/pattern';
import { preFilterFor } from '@trailbell/core/prefilter';
import { formatLiteral } from '../../packages/core/src/pattern/format-pattern.ts';
import { readOptions } from '../options.ts';
import { readMessages } from '../workload/workload.ts';
import { sampleDayMessages } from '../../scripts/packs/count-matches.ts';
import { readPacks, ringingRules } from '../../scripts/packs/read-packs.ts';

const { eventsFile } = readOptions();
const messages = {
  'sample day': sampleDayMessages(),
  ...(eventsFile === undefined ? {} : { [eventsFile]: readMessages(eventsFile) }),
};
const collections = Object.entries(messages).map(([name, collected]) => {
  console.log(`${name}: ${collected.length} records`);
  return collected.map(parseEvent);
});

console.log('\n| rules | names of events | characters | let through, of each collection | a rule matches |');
console.log('| --- | ---: | ---: | ---: | ---: |');
const packs = readPacks();
const sets = { 'rules/cis': packs.filter(({ name }) => name === 'cis'), 'all packs': packs };
for (const [name, chosen] of Object.entries(sets)) {
  const rules = ringingRules(chosen);
  const patterns = rules.map(({ filterPattern }) => filterPattern);
  const nameCount = new Set(patterns.flatMap(namesIn)).size;
  const matched = sharesOf(patterns);
  for (const allowsRegex of [true, false]) {
    const { pattern } = preFilterFor(rules, { allowsRegex });
    const what = `${name}, ${rules.length} rules${allowsRegex ? '' : ', without regular expressions'}`;
    console.log(`| ${what} | ${nameCount} | ${pattern.length} | ${sharesOf([pattern])} | ${matched} |`);
  }
}

/** Of each collection the share in which one of the patterns matches. */
function sharesOf(patterns: readonly string[]): string {
  const set = PatternSet.compile(patterns);
  const shares = collections.map((events) => {
    const count = events.filter((event) => set.match(event).length > 0).length;
    return `${((100 * count) / events.length).toFixed(1)} %`;
  });
  return shares.join(', ');
}

/** The names of events, and parts of names, that a pattern asks for, as it spells them. */
function namesIn(filterPattern: string): readonly string[] {
  const pattern = parsePattern(filterPattern);
  return pattern.kind === 'json' ? [...comparisonsOf(pattern.condition)].flatMap(nameIn) : [];
}

function nameIn(comparison: JsonComparison): readonly string[] {
  if (comparison.kind !== 'compare' || comparison.test.kind !== 'equality' || comparison.test.operator === '!=')
    return [];
  const [only, ...others] = comparison.selector.steps;
  const { literal } = comparison.test;
  const isName = others.length === 0 && only?.kind === 'property' && only.name === 'eventName';
  return isName && (literal.kind === 'text' || literal.kind === 'glob') ? [formatLiteral(literal)] : [];
}
