import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturedMessages, countMatches, sampleDayMessages } from '../../scripts/packs/count-matches.ts';
import { packsPage } from '../../scripts/packs/packs-page.ts';
import { peerAgreement, type PeerTest } from '../../scripts/packs/peer-agreement.ts';
import { peerPage } from '../../scripts/packs/peer-page.ts';
import { PEER_REASONS } from '../../scripts/packs/peer-reasons.ts';
import { readPacks, ringingRules } from '../../scripts/packs/read-packs.ts';
import { readRuleCounts } from '../../scripts/packs/rule-counts.ts';

const PROJECT = join(import.meta.dirname, '../..');
const CORPUS = join(PROJECT, '../shared/corpus');
const hasCorpus = existsSync(CORPUS);
if (!hasCorpus) console.info('test/packs: records and tests of other projects are not here, so they were not compared');

const packs = readPacks();
const rules = ringingRules(packs);
const counts = readRuleCounts();
const count = (messages: readonly string[]) => ({ records: messages.length, byRule: countMatches(rules, messages) });

test('docs/packs.md says what the rule files say', () => {
  const page = readFileSync(join(PROJECT, 'docs/packs.md'), 'utf8');
  expect(page === packsPage(packs, counts), 'run: npm run docs:packs').toBe(true);
});

test('the rules count as many records of the sample day as the page says', () => {
  expect(count(sampleDayMessages())).toEqual(counts.sampleDay);
});

describe.skipIf(!hasCorpus)('the records and tests of other projects', () => {
  const peerTests = () => {
    const lines = readFileSync(join(CORPUS, 'peer-rule-tests.jsonl'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as PeerTest);
  };
  const agreements = hasCorpus ? peerAgreement(rules, peerTests()) : [];

  test('the rules count as many records of real trails as docs/packs.md says', () => {
    expect(count(capturedMessages(readFileSync(join(CORPUS, 'events.jsonl.gz'))))).toEqual(counts.captured);
  });

  test('docs/peer-agreement.md says what the tests of peers show', () => {
    const page = readFileSync(join(PROJECT, 'docs/peer-agreement.md'), 'utf8');
    expect(page === peerPage(agreements), 'run: npm run docs:packs').toBe(true);
  });

  test('each disagreement with a peer has a reason, and each reason a disagreement', () => {
    const disagreeing = agreements.filter(({ tests }) => tests.some(({ agrees }) => !agrees)).map(({ rule }) => rule);
    expect(disagreeing.toSorted()).toEqual(Object.keys(PEER_REASONS).toSorted());
  });

  test('we agree with nine in ten of the tests of peers', () => {
    const tests = agreements.flatMap((agreement) => agreement.tests);
    expect(tests.filter(({ agrees }) => agrees).length / tests.length).toBeGreaterThan(0.9);
  });
});
