/** From an edit of a rule to what it changes, over records that lie in memory. `npm run bench -- tune`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordWindow } from '@trailbell/cli/tune/record-window';
import { TuneSession } from '@trailbell/cli/tune/tune-session';
import { median } from '../measure.ts';
import { createRandom } from '../workload/random.ts';
import { createRecord } from '../workload/records.ts';
import { SEED } from '../workload/workload.ts';

const isQuick = process.argv.includes('--quick');
const RECORDS = isQuick ? 20_000 : 100_000;
const ROUNDS = isQuick ? 3 : 9;
const TARGET_MS = 1000;
const START_MS = Date.UTC(2026, 2, 1);

/** What people tune: from a rule of which few records are, to one of which many are. */
const PATTERNS: readonly (readonly [name: string, filterPattern: string])[] = [
  ['one clause, few matches', '{ $.eventName = "StopLogging" }'],
  [
    'three clauses',
    '{ $.eventSource = "ec2.amazonaws.com" && $.readOnly IS TRUE && $.userIdentity.type = "AssumedRole" }',
  ],
  ['a regular expression', '{ $.userAgent = %[Tt]erraform/[0-9]+% && $.eventName != "Describe*" }'],
  ['three records in ten', '{ $.userIdentity.type = "IAMUser" }'],
  ['every record', '{ $.eventVersion = "1.*" }'],
];

const folder = mkdtempSync(join(tmpdir(), 'trailbell-bench-tune-'));
try {
  const random = createRandom(SEED);
  const window = new RecordWindow(RECORDS * 2);
  // Three a second or so, as an organisation of middle size writes.
  for (let n = 0; n < RECORDS; n++) window.add(JSON.stringify(createRecord(random, START_MS + n * 300)));
  const mib = window.chunks().reduce((sum, { archive }) => sum + archive.length, 0) / 2 ** 20;
  console.log(`\n${RECORDS.toLocaleString('en-US')} records, ${mib.toFixed(0)} MiB; target ${TARGET_MS} ms\n`);
  for (const [name, filterPattern] of PATTERNS) {
    const path = join(folder, 'rule.yaml');
    const times: number[] = [];
    let matches = 0;
    const session = new TuneSession('tuned', [path], window);
    for (let round = 0; round <= ROUNDS; round++) {
      const startedMs = performance.now();
      writeFileSync(
        path,
        JSON.stringify({
          ...{ name: 'tuned', title: 'Tuned', severity: 'info', filterPattern },
          alarm: { threshold: round + 1 },
        }),
      );
      await session.refresh();
      const { analysis, problems } = session.view;
      if (analysis === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
      ({ matches } = analysis);
      // The first round warms up.
      if (round > 0) times.push(performance.now() - startedMs);
    }
    const middleMs = median(times);
    const verdict = middleMs <= TARGET_MS || isQuick ? '' : '  past the target';
    console.log(
      `${name.padEnd(26)} ${matches.toLocaleString('en-US').padStart(8)} matches ${middleMs.toFixed(0).padStart(6)} ms${verdict}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
