import type { ColdStart } from './cold-start.ts';
import type { ColdStarts } from './cold-starts.ts';

export interface Measured {
  readonly machine: string;
  readonly workload: string;
  readonly floorNs: number;
  readonly payloadNs: ReadonlyMap<string, number>;
  readonly archiveNs: ReadonlyMap<string, number>;
  readonly peerNs: ReadonlyMap<string, number>;
  readonly matchCounts: ReadonlyMap<string, number>;
  readonly coldStart: ColdStarts;
}

type Row = readonly [what: string, perEvent: string, ratio: string, note: string];

/** Everything in one table of Markdown, as docs/performance.md shows it. */
export function printTable(measured: Measured): void {
  const { machine, workload, floorNs, payloadNs, archiveNs, peerNs, matchCounts, coldStart } = measured;
  const archiveFloorNs = archiveNs.get('FB') ?? NaN;
  const rows: Row[] = [
    ['what', 'ns/event', 'ratio', 'note'],
    ...[...payloadNs].map(([name, ns]): Row => [
      NAMES.get(name) ?? nameOf(name),
      ns.toFixed(0),
      (ns / floorNs).toFixed(2),
      noteOf(name, payloadNs, matchCounts),
    ]),
    ...[...archiveNs].map(([name, ns]): Row => [
      `archive files: ${name === 'FB' ? 'gunzipSync + JSON.parse' : nameOf(name)}`,
      ns.toFixed(0),
      (ns / archiveFloorNs).toFixed(2),
      `${Math.round(1e9 / ns).toLocaleString('en')} records/s; ratio to gunzip + JSON.parse`,
    ]),
    ...[...peerNs].map(([name, ns]): Row => [
      `peer, message only: ${name} rules`,
      ns.toFixed(0),
      (ns / floorNs).toFixed(2),
      '',
    ]),
    coldStartRow('1,000 patterns, cold, from text', coldStart.fromText, coldStart.scannerTablesMb),
    coldStartRow('1,000 patterns, cold, prebuilt', coldStart.prebuilt, coldStart.scannerTablesMb),
    coldStartRow('1,000 rules, cold, from rules.json', coldStart.rulesFile, coldStart.scannerTablesMb),
  ];
  console.log(`${machine}\n${workload}\n`);
  for (const [index, row] of rows.entries()) {
    console.log(`| ${row.join(' | ')} |`);
    if (index === 0) console.log('| --- | ---: | ---: | --- |');
  }
}

const NAMES = new Map([['F0', 'F0: base64 + gunzipSync + JSON.parse of the envelope']]);

function nameOf(name: string): string {
  const [engine = '', ...rest] = name.split(' ');
  const rules = `${rest.join(' ')} rules`;
  switch (engine) {
    case 'scanner':
      return rules;
    case 'scan':
      return `${rules}: scan alone`;
    case 'quiet':
      return `${rules}: scan alone, events that match nothing`;
    case 'index':
      return `${rules}: without WebAssembly`;
    default:
      return name;
  }
}

function noteOf(name: string, times: ReadonlyMap<string, number>, matchCounts: ReadonlyMap<string, number>): string {
  const [engine, ...rest] = name.split(' ');
  const ns = times.get(name) ?? NaN;
  if (engine === 'scanner') return `${matchCounts.get(rest.join(' ')) ?? 0} matches`;
  if (engine === 'scan' || engine === 'quiet') {
    return `${(ns / (times.get(`${engine} 15`) ?? NaN)).toFixed(2)} x that of 15 rules`;
  }
  return '';
}

function coldStartRow(
  what: string,
  { readyMs, readyCpuMs, firstPayloadMs, secondPayloadMs, heapMb }: ColdStart,
  scannerTablesMb: number,
): Row {
  const payloads = `first payload ${firstPayloadMs.toFixed(1)} ms, second ${secondPayloadMs.toFixed(1)} ms`;
  const memory = `heap ${heapMb.toFixed(1)} MB, scanner's tables ${scannerTablesMb.toFixed(2)} MB`;
  return [
    what,
    '',
    '',
    `ready in ${readyMs.toFixed(1)} ms (${readyCpuMs.toFixed(1)} of the processor); ${payloads}; ${memory}`,
  ];
}
