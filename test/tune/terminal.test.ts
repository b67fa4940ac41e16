import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { afterAll, expect, test, vi } from 'vitest';
import { denied } from './rule-over-records.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) console.log('skipped: tune is driven in tmux, which is not here');

const folder = mkdtempSync(join(tmpdir(), 'trailbell-tune-'));
const SOCKET = `trailbell-tune-${process.pid}`;
afterAll(() => {
  if (hasTmux) spawnSync('tmux', ['-L', SOCKET, 'kill-server']);
  rmSync(folder, { recursive: true });
});

const tmux = (...args: readonly string[]) => execFileSync('tmux', ['-L', SOCKET, ...args], { encoding: 'utf8' });
const screen = () => tmux('capture-pane', '-p', '-t', 'tune');
const press = (...keys: readonly string[]) => tmux('send-keys', '-t', 'tune', ...keys);

/** Waits until the screen says so, and fails with what it says. */
const shows = (what: RegExp | string) =>
  vi.waitFor(
    () => {
      if (typeof what === 'string') expect(screen()).toContain(what);
      else expect(screen()).toMatch(what);
    },
    { timeout: 20_000, interval: 50 },
  );

const RULE = `# ours
name: denied
title: Denied calls
severity: warning
filterPattern: '{ $.errorCode = "AccessDenied" }'
alarm: { period: 60, evaluationPeriods: 1, threshold: 2 } # two a minute
`;

test.skipIf(!hasTmux)('a rule is edited, an exception taken from a proposal, and the terminal given back', async () => {
  const [rule, records, live] = [join(folder, 'rule.yaml'), join(folder, 'past.jsonl'), join(folder, 'live')];
  writeFileSync(rule, RULE);
  const agents = [...Array<string>(6).fill('scanner/1'), 'aws-cli', 'console'];
  const lines = agents.map((userAgent, n) =>
    JSON.stringify(denied(5 * (n >> 1), n, { userAgent, userIdentity: {}, sourceIPAddress: `192.0.2.${n}` })),
  );
  writeFileSync(records, lines.join('\n'));

  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'tune', '-x', '120', '-y', '50', 'sh');
  press(`PS1='ready> '; stty -a > ${folder}/before; clear`, 'Enter');
  await shows('ready>');
  const command = join(PROJECT_FOLDER, 'packages/cli/bin/trailbell.js');
  press(`'${process.execPath}' '${command}' tune ${rule} --over ${records} --follow ${live}`, 'Enter');
  await shows(/matches +8\nincidents +4/);

  // The folder is not there yet: that is said, and looked at again.
  await shows('failed: ENOENT');
  execFileSync('mkdir', [live]);

  writeFileSync(rule, RULE.replace('threshold: 2', 'threshold: 9'));
  await shows(/matches +8\nincidents +0/);
  writeFileSync(rule, RULE.replace('severity: warning', 'severity: loud'));
  await shows(/severity is "loud"/);
  writeFileSync(rule, RULE);
  await shows(/matches +8\nincidents +4/);

  await shows(/1 +75 % +the user agent scanner\/1 +the rule’s examples still fire/);
  press('w');
  await shows('press the number of a proposal first');
  press('1');
  await shows('w writes it into the file');
  press('w');
  await shows(/matches +2, 6 left out by exceptions or time\nincidents +1/);
  const written = readFileSync(rule, 'utf8');
  expect(written).toContain(`- filterPattern: '{ $.userAgent = "scanner/1" }'`);
  expect(written).toContain('reason: the user agent scanner/1 makes 75 % of the matches');
  expect(written).toContain('# ours\nname: denied\n');
  expect(written).toContain('threshold: 2 } # two a minute\n');

  writeFileSync(join(live, 'new.jsonl'), `${JSON.stringify(denied(40))}\n${JSON.stringify(denied(40, 1))}\n`);
  await shows(/matches +4, 6 left out by exceptions or time\nincidents +2/);

  // In a small terminal the end of the numbers is left out, and neither the rule nor what a key would do.
  tmux('resize-window', '-t', 'tune', '-x', '60', '-y', '10');
  await shows(/^denied .*rule\.yaml\n[^]*q quit *\n*$/);
  tmux('resize-window', '-t', 'tune', '-x', '120', '-y', '50');
  await shows('would have paged');

  press('q');
  await shows(/ready> *\n*$/);
  expect(screen()).not.toContain('incidents');
  press(`stty -a > ${folder}/after; echo done`, 'Enter');
  await shows(/^done$/m);
  expect(readFileSync(join(folder, 'after'), 'utf8')).toBe(readFileSync(join(folder, 'before'), 'utf8'));
  expect(tmux('display-message', '-p', '-t', 'tune', '#{alternate_on} #{cursor_flag}').trim()).toBe('0 1');
});
