/** Brings the pages that docs/pages.md shows up to date with the sample day. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

type Page = Readonly<Record<string, unknown>> & { readonly Trailbell: Readonly<Record<string, unknown>> };

const DOCUMENT = new URL('../docs/pages.md', import.meta.url);
const COMMAND = new URL('../packages/cli/bin/trailbell.js', import.meta.url).pathname;
const SAMPLE_DAY = new URL('../packages/local/sample-day/records.jsonl', import.meta.url).pathname;

const output = execFileSync(process.execPath, [COMMAND, 'replay', '--json', SAMPLE_DAY], {
  encoding: 'utf8',
  maxBuffer: 1e9,
});
const pages = output
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { readonly message: Page }).message)
  .filter(({ NewStateValue }) => NewStateValue === 'ALARM');

/** The page that a block showed, as it is now: the whole of it, or the part that was shown of its Trailbell object. */
function current(shown: Readonly<Record<string, unknown>>): unknown {
  if (shown.AlarmName !== undefined) return pages.find(({ AlarmName }) => AlarmName === shown.AlarmName);
  const page = pages.find(({ Trailbell }) =>
    ['title', 'action', 'actor'].every((key) => Trailbell[key] === shown[key]),
  );
  return page && Object.fromEntries(Object.keys(shown).map((key) => [key, page.Trailbell[key]]));
}

const text = readFileSync(DOCUMENT, 'utf8').replaceAll(/```json\n([^]*?)\n```/g, (_, json: string) => {
  const page = current(JSON.parse(json) as Readonly<Record<string, unknown>>);
  if (page === undefined) throw new Error(`no page of the sample day is this one: ${json.slice(0, 200)}`);
  return `\`\`\`json\n${JSON.stringify(page, undefined, 2)}\n\`\`\``;
});
writeFileSync(DOCUMENT, await format(text, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' }));
