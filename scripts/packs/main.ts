import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capturedMessages, countMatches, sampleDayMessages } from './count-matches.ts';
import { packsPage } from './packs-page.ts';
import { peerAgreement, type PeerTest } from './peer-agreement.ts';
import { peerPage } from './peer-page.ts';
import { readPacks, ringingRules } from './read-packs.ts';
import { readRuleCounts, writeRuleCounts, type AllRuleCounts } from './rule-counts.ts';

// Writes docs/packs.md and docs/peer-agreement.md. What other projects' records and tests say is taken from a folder beside the
// project; without it, the counts stay as they were and docs/peer-agreement.md is not touched.

const PROJECT = join(import.meta.dirname, '../..');
const CORPUS = join(PROJECT, '../shared/corpus');
const hasCorpus = existsSync(CORPUS);

const packs = readPacks();
const rules = ringingRules(packs);

const counts: AllRuleCounts = { sampleDay: count(sampleDayMessages()), captured: capturedCounts() };
writeRuleCounts(counts);
writeFileSync(join(PROJECT, 'docs/packs.md'), packsPage(packs, counts));
if (hasCorpus) {
  const lines = readFileSync(join(CORPUS, 'peer-rule-tests.jsonl'), 'utf8').trimEnd().split('\n');
  const tests = lines.map((line) => JSON.parse(line) as PeerTest);
  writeFileSync(join(PROJECT, 'docs/peer-agreement.md'), peerPage(peerAgreement(rules, tests)));
}

function capturedCounts() {
  return hasCorpus ? count(capturedMessages(readFileSync(join(CORPUS, 'events.jsonl.gz')))) : readRuleCounts().captured;
}

function count(messages: readonly string[]) {
  return { records: messages.length, byRule: countMatches(rules, messages) };
}
