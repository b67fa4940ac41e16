import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { PROJECT_FOLDER } from './project.ts';
import { RevisionUnreadable, rulesOfRevision } from './rules-of-revision.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-revision-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A repository of its own in place of the project's, with one commit. */
function commit(files: Readonly<Record<string, string>>): void {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git('add', '.');
  git('-c', 'user.email=ana@example.com', '-c', 'user.name=ana', 'commit', '--quiet', '--message', 'rules');
  vi.stubEnv('GIT_DIR', join(folder, '.git'));
  vi.stubEnv('GIT_WORK_TREE', PROJECT_FOLDER);
}

commit({
  'rules/cis/root.yaml': `name: root\ntitle: Root\nseverity: critical\nfilterPattern: '{ $.userIdentity.type = "Root" }'\n`,
  'rules/own/changed.yaml': 'extends: cis/root\nname: root-of-ours\nseverity: info\n',
});

const at = (path: string) => join(PROJECT_FOLDER, path);

test('a rule may extend one of the configured folders as that was, which is not among the rules itself', () => {
  const { rules, problems } = rulesOfRevision('HEAD', [at('rules/own')], [at('rules/cis'), at('rules/own')]);
  expect(problems).toEqual([]);
  expect(rules.map(({ name, title, severity }) => [name, title, severity])).toEqual([['root-of-ours', 'Root', 'info']]);
});

test.each([
  ['a revision that there is not', 'v0', at('rules/own')],
  ['no name', '', at('rules/own')],
  ['what looks like an option', '--all', at('rules/own')],
  ['a folder outside the repository', 'HEAD', tmpdir()],
])('%s is told in the words of Git', (_, revision, rules) => {
  expect(() => rulesOfRevision(revision, [rules])).toThrow(RevisionUnreadable);
  expect(() => rulesOfRevision(revision, [rules])).toThrow(/^fatal: /);
});
