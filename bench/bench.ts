// Measures the matcher against the least that any matcher must do, and against other ways to match under Node. `npm run bench`.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { gunzip } from '@trailbell/core/logs';
import { measureColdStarts } from './cold-starts.ts';
import { measure, type Case } from './measure.ts';
import { readOptions } from './options.ts';
import { closures } from './peers/closures.ts';
import { jmespathPeer } from './peers/jmespath.ts';
import { jsonLogicPeer } from './peers/json-logic.ts';
import type { Peer } from './peers/peer.ts';
import { siftPeer } from './peers/sift.ts';
import { checkVerdicts, compileRuleSets, matchedIds, type RuleSetUnderTest } from './rule-sets.ts';
import { printTable } from './table.ts';
import { createWorkload, type Workload } from './workload/workload.ts';

const MAX_BYTES = 128 * 1024 * 1024;
const RESULTS = new URL('results.json', import.meta.url);
/** Peers take up to milliseconds for an event. */
const PEER_EVENTS = 200;
const PEER_RULES = ['15', '100', '1000'];

const options = readOptions();
const workload = createWorkload(options);
const ruleSets = compileRuleSets(workload);
const raw = workload.payloads.map((payload) => gunzipSync(Buffer.from(payload, 'base64')));
const quiet = withoutMatches(raw, ruleSets);

// The scanner is measured before the other engine runs: what that leaves in the caches and the heap is not the scanner's.
const scannerNs = measure(scannerCases(workload, ruleSets), options.rounds);
const matchCounts = new Map(ruleSets.map((set) => [set.name, checkVerdicts(set, raw, workload.messages)]));
const indexNs = measure(indexCases(workload, ruleSets), Math.ceil(options.rounds / 3));
const payloadNs = new Map([...scannerNs, ...indexNs]);
const archiveNs = measure(archiveCases(workload, ruleSets), Math.ceil(options.rounds / 5));
const peerNs = measure(peerCases(workload, ruleSets), options.peerRounds);
const coldStart = measureColdStarts(workload.patterns.get(1000) ?? [], workload.payloads[0] ?? '', options.coldStarts);

const floorNs = nsOf(payloadNs, 'F0');
const ofSet = (name: string) => {
  const ns = nsOf(payloadNs, `scanner ${name}`);
  return { nsPerEvent: Math.round(ns), ratioToFloor: round(ns / floorNs) };
};
const ratioTo15 = (what: string) => round(nsOf(payloadNs, `${what} 10000`) / nsOf(payloadNs, `${what} 15`));
const archive15Ns = nsOf(archiveNs, 'scanner 15');
const results = {
  payload: Object.fromEntries(['15', '100', '1000', '10000'].map((name) => [name, ofSet(name)])),
  noPositiveAtom: { ratioToFloor: ofSet('15 + 2 without an atom').ratioToFloor },
  archive: {
    ratioToFloor: round(archive15Ns / nsOf(archiveNs, 'FB')),
    recordsPerSecond: Math.round(1e9 / archive15Ns),
  },
  scan: {
    ratioTo15Rules: ratioTo15('scan'),
    ratioTo15RulesWithoutMatches: ratioTo15('quiet'),
  },
  coldStart: { rules: 1000, ...coldStart },
};
writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
printTable({
  machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
  workload: workload.description,
  floorNs,
  payloadNs,
  archiveNs,
  peerNs,
  matchCounts,
  coldStart,
});

function overPayloads<Item>(name: string, items: readonly Item[], run: (item: Item) => unknown): Case {
  return { name, eventCount: workload.messages.length, parts: items.map((item) => () => run(item)) };
}

function unpack(payload: string): Uint8Array {
  return gunzip(Buffer.from(payload, 'base64'), MAX_BYTES);
}

/** The payloads without the log events that a rule of any set matches. */
function withoutMatches(payloads: readonly Uint8Array[], sets: readonly RuleSetUnderTest[]): readonly QuietPayload[] {
  const ids = new Set(sets.flatMap((set) => [...matchedIds(set, payloads)]));
  return payloads.map((bytes) => {
    const payload = JSON.parse(Buffer.from(bytes).toString()) as {
      readonly logEvents: readonly { readonly id: string }[];
    };
    const logEvents = payload.logEvents.filter(({ id }) => !ids.has(id));
    return { bytes: Buffer.from(JSON.stringify({ ...payload, logEvents })), eventCount: logEvents.length };
  });
}

interface QuietPayload {
  readonly bytes: Uint8Array;
  readonly eventCount: number;
}

function scannerCases({ payloads }: Workload, sets: readonly RuleSetUnderTest[]): readonly Case[] {
  return [
    overPayloads(
      'F0',
      payloads,
      (payload) => JSON.parse(gunzipSync(Buffer.from(payload, 'base64')).toString()) as unknown,
    ),
    overPayloads('base64 + gunzip', payloads, unpack),
    ...sets.flatMap(({ name, scanner, scanAlone }) => [
      overPayloads(`scanner ${name}`, payloads, (payload) =>
        scanner.matchPackedPayload(Buffer.from(payload, 'base64'), 0),
      ),
      overPayloads(`scan ${name}`, raw, scanAlone),
      {
        name: `quiet ${name}`,
        eventCount: quiet.reduce((sum, { eventCount }) => sum + eventCount, 0),
        parts: quiet.map(
          ({ bytes }) =>
            () =>
              scanAlone(bytes),
        ),
      },
    ]),
  ];
}

function indexCases({ payloads }: Workload, sets: readonly RuleSetUnderTest[]): readonly Case[] {
  return sets
    .filter(({ name }) => !options.isQuick || name === '15' || name === '1000')
    .map(({ name, index }) =>
      overPayloads(`index ${name}`, payloads, (payload) => index.matchPayload(unpack(payload), 0)),
    );
}

function archiveCases({ archives, archiveRecordCount }: Workload, sets: readonly RuleSetUnderTest[]): readonly Case[] {
  const over = (name: string, run: (file: Buffer) => unknown): Case => ({
    name,
    eventCount: archiveRecordCount,
    parts: archives.map((file) => () => run(file)),
  });
  return [
    over('FB', (file) => JSON.parse(gunzipSync(file).toString()) as unknown),
    ...sets
      .filter(({ name }) => name === '15' || name === '1000')
      .map(({ name, scanner }) => over(`scanner ${name}`, (file) => scanner.matchPackedArchive(file))),
  ];
}

/** Peers are given the messages, unpacked: their times leave out base64, gzip and the envelope. */
function peerCases({ messages }: Workload, sets: readonly RuleSetUnderTest[]): readonly Case[] {
  const peers: readonly Peer[] = [closures, jsonLogicPeer, siftPeer, jmespathPeer];
  const sample = messages.slice(0, PEER_EVENTS);
  return sets
    .filter(({ name }) => (options.isQuick ? PEER_RULES.slice(0, 2) : PEER_RULES).includes(name))
    .flatMap(({ name, patterns, index }) => {
      const expected = sample.reduce((sum, message) => sum + closuresCount(index, message), 0);
      return peers.map((peer) => {
        const count = peer.compile(patterns);
        const found = sample.reduce((sum, message) => sum + count(message), 0);
        if (found !== expected)
          throw new Error(`${peer.name} finds ${found} matches with ${name} rules, not ${expected}`);
        return {
          name: `${peer.name} ${name}`,
          eventCount: sample.length,
          parts: sample.map((message) => () => count(message)),
        };
      });
    });
}

function closuresCount(index: RuleSetUnderTest['index'], message: string): number {
  const bytes = Buffer.from(JSON.stringify({ logEvents: [{ message }] }));
  const payload = index.matchPayload(bytes, 0);
  return payload.kind === 'data' ? payload.matches.reduce((sum, { patterns }) => sum + patterns.length, 0) : 0;
}

function nsOf(times: ReadonlyMap<string, number>, name: string): number {
  const ns = times.get(name);
  if (ns === undefined) throw new Error(`${name} was not measured`);
  return ns;
}

function round(ratio: number): number {
  return Math.round(ratio * 1000) / 1000;
}
