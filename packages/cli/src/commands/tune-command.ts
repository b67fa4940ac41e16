import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { configuredFolders } from '../rules/configured-folders.ts';
import { printProblems } from '../rules/print-problems.ts';
import { watchFolders } from '../rule-test/watch-folders.ts';
import { counted } from '../terminal/counted.ts';
import { harmless } from '../terminal/harmless.ts';
import { Terminal } from '../terminal/terminal.ts';
import { FolderFollower } from '../tune/follow-folder.ts';
import { LogGroupFollower } from '../tune/follow-log-group.ts';
import type { Follower } from '../tune/follower.ts';
import { FullScreen } from '../tune/full-screen.ts';
import { readIntoWindow, RecordWindow } from '../tune/record-window.ts';
import { bodyLines, footerLines, tuneLines } from '../tune/tune-screen.ts';
import { onlyRuleOf, TuneSession } from '../tune/tune-session.ts';
import { messageOf } from '../terminal/message-of.ts';

export interface TuneOptions {
  readonly rules?: readonly string[];
  readonly over?: readonly string[];
  readonly follow?: string;
  readonly maxRecords: number;
}

const [DONE, FAILED] = [0, 2];

const POLL_MS = 2_000;

/** How a log group is named beside folders: `log-group:aws-cloudtrail-logs`. */
const LOG_GROUP = 'log-group:';

/** `trailbell tune`: a rule over records, shown anew whenever either changes. Returns the exit code. */
export async function tuneCommand(
  ruleOrFile: string,
  options: TuneOptions,
  terminal = new Terminal(),
): Promise<number> {
  const paths = options.rules ?? (await defaultPaths(ruleOrFile));
  const isFile = existsSync(ruleOrFile) && statSync(ruleOrFile).isFile();
  const named = isFile ? onlyRuleOf(ruleOrFile, readFileSync(ruleOrFile, 'utf8')) : { name: ruleOrFile };
  if ('problems' in named) {
    printProblems(named.problems, terminal);
    terminal.note(harmless(`${ruleOrFile}: expected a file with one rule, or the name of a rule`));
    return FAILED;
  }
  const window = new RecordWindow(options.maxRecords);
  const problems = await readIntoWindow(options.over ?? [], window, (records) => {
    terminal.progress(`reading: ${counted(records, 'record')}`);
  });
  terminal.clearProgress();
  for (const problem of problems) terminal.note(harmless(problem));
  if (window.count === 0 && options.follow === undefined) {
    terminal.note('there are no records: name files or folders with --over, or where they come from with --follow');
    return FAILED;
  }
  const session = new TuneSession(named.name, paths, window);
  await session.refresh();
  if (session.view.rule === undefined) {
    for (const line of tuneLines(session.view, (_, text) => text)) terminal.note(line);
    return FAILED;
  }
  const screen = FullScreen.open();
  if (screen === undefined) {
    for (const line of tuneLines(session.view, (kind, text) => terminal.style(kind, text))) terminal.line(line);
    return DONE;
  }
  await live(session, window, screen, paths, options.follow);
  return DONE;
}

async function defaultPaths(ruleOrFile: string): Promise<readonly string[]> {
  if (existsSync(ruleOrFile) && statSync(ruleOrFile).isFile()) return [ruleOrFile];
  return configuredFolders();
}

/** Until q is pressed. */
async function live(
  session: TuneSession,
  window: RecordWindow,
  screen: FullScreen,
  paths: readonly string[],
  follow: string | undefined,
): Promise<void> {
  const keys = 'edit the file and see   1-9 look at a proposal   w write it   q quit';
  session.status = keys;
  let working = Promise.resolve();
  const then = (work: () => Promise<void>) => {
    working = working.then(work).catch((error: unknown) => {
      session.status = `failed: ${messageOf(error)}`;
    });
    working = working.then(() => {
      screen.show(bodyLines(session.view, screen.style), footerLines(session.view, screen.style));
    });
  };
  then(() => Promise.resolve());
  const file = session.view.rule?.source.file;
  void watchFolders(file === undefined ? paths : [...paths, file], () => {
    then(async () => {
      session.status = keys;
      await session.refresh();
    });
    return working;
  });
  const ended = new AbortController();
  if (follow !== undefined) {
    const onRecords = (records: readonly string[]) => {
      then(async () => {
        const added = records.filter((record) => window.add(record)).length;
        session.status = `${counted(added, 'new record')} at ${new Date().toISOString().slice(11, 19)}Z   ${keys}`;
        await session.refresh();
      });
    };
    const onProblem = (error: unknown) => {
      then(() => Promise.reject(error instanceof Error ? error : new Error(String(error))));
    };
    void followRecords(followerOf(follow), ended.signal, onRecords, onProblem);
  }
  for await (const key of screen.keys()) {
    if (key === 'q' || key === '\u0003') break;
    if (/^[1-9]$/.test(key)) {
      then(() => {
        session.select(Number(key) - 1);
        return Promise.resolve();
      });
    } else if (key === 'w') then(() => session.write({ owner: ownerOf(), today: new Date() }));
  }
  ended.abort();
  screen.close();
}

function followerOf(source: string): Follower {
  return source.startsWith(LOG_GROUP)
    ? new LogGroupFollower(source.slice(LOG_GROUP.length), Date.now())
    : new FolderFollower(source);
}

/** Again and again, also after a problem: a folder may come, and a network come back. */
async function followRecords(
  follower: Follower,
  ended: AbortSignal,
  onRecords: (records: readonly string[]) => void,
  onProblem: (error: unknown) => void,
): Promise<void> {
  while (!ended.aborted) {
    try {
      const records = await follower.next();
      if (records.length > 0) onRecords(records);
    } catch (error) {
      onProblem(error);
    }
    await sleep(POLL_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}

/** Who answers for what is written: whoever Git takes for the author of what changes. */
function ownerOf(): string {
  try {
    return execFileSync('git', ['config', 'user.email'], { encoding: 'utf8' }).trim() || fallbackOwner();
  } catch {
    return fallbackOwner();
  }
}

function fallbackOwner(): string {
  return process.env.USER ?? 'unknown';
}
