import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test, vi } from 'vitest';
import { Terminal } from '../terminal/terminal.ts';
import { backtestCommand } from './backtest-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-backtest-command-'));
// What a backtest keeps lies among the temporary files: here, where it can be looked for.
vi.stubEnv('TMPDIR', folder);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const RULE = `name: stopped\ntitle: Stopped\nseverity: error\nfilterPattern: '{ $.eventName = "StopLogging" }'\n`;
const RECORD = { eventTime: '2026-03-11T09:00:00Z', eventName: 'StopLogging' };

function written(path: string, content: string): string {
  writeFileSync(join(folder, path), content);
  return join(folder, path);
}

// In a folder of their own: rule files beside a named one are read too.
mkdirSync(join(folder, 'rules'));
const rules = written('rules/rules.yaml', RULE);
const records = written('records.jsonl', `${JSON.stringify(RECORD)}\n`);

/** Remembers what of the progress would have been shown; broken off as by Ctrl-C where it is told to. */
class WatchedTerminal extends Terminal {
  readonly progressLines: string[] = [];
  readonly #breaksOffAt: number;

  constructor(out: PassThrough, err: PassThrough, breaksOffAt: number) {
    super(out as unknown as NodeJS.WriteStream, err as unknown as NodeJS.WriteStream);
    this.#breaksOffAt = breaksOffAt;
  }

  override progress(line: string): void {
    this.progressLines.push(line);
    if (this.progressLines.length === this.#breaksOffAt) throw new Error('broken off');
  }
}

async function run(against: string, breaksOffAt = Infinity) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = new WatchedTerminal(out, err, breaksOffAt);
  try {
    const exitCode = await backtestCommand([records], { shardSize: 1, rules: [rules], against }, terminal);
    out.end();
    err.end();
    return { exitCode, printed: await text(out), said: await text(err), progress: terminal.progressLines };
  } catch (error) {
    return { error, progress: terminal.progressLines };
  }
}

test('what was broken off in the second of two goes on there, and leaves nothing', async () => {
  const others = written('others.yaml', RULE.replace('StopLogging', 'DeleteTrail'));
  const whole = await run(others);
  expect(whole).toMatchObject({ exitCode: 0, printed: expect.stringContaining(`against ${others}: 1`) as string });
  expect(whole.progress).toHaveLength(4);

  const brokenOff = await run(others, 4);
  expect(brokenOff.error).toEqual(new Error('broken off'));
  const again = await run(others);
  expect(again.printed).toBe(whole.printed);
  expect(again.progress).toEqual([1, 2].map(() => expect.stringContaining('(1 file done before)') as string));
  expect(readdirSync(folder).filter((name) => name.startsWith('trailbell-backtest-'))).toEqual([]);
});

test.each<readonly [what: string, make: (path: string) => void, problems: number]>([
  ['a folder', mkdirSync, 0],
  [
    'a link to nothing',
    (path) => {
      symlinkSync(join(folder, 'nothing'), path);
    },
    1,
  ],
])('where %s is called like a rule file, the folder to compare with is named', async (what, make, problems) => {
  const others = join(folder, what);
  mkdirSync(others);
  make(join(others, 'x.yaml'));
  const { exitCode, said } = await run(others);
  expect(said).toContain(`--against ${others}: `);
  expect(said?.match(/ unreadable-file: it cannot be read: /g) ?? []).toHaveLength(problems);
  expect(said?.trimEnd().split('\n')).toHaveLength(problems + 1);
  expect(exitCode).toBe(2);
});
