import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsPageOf } from '@trailbell/core/lint';
import { PROJECT_FOLDER } from '../rules/project.ts';

/** The section of the docs that is about a code, without its heading; undefined where there is none. */
export function docsOf(code: string): string | undefined {
  const page = join(PROJECT_FOLDER, docsPageOf(code).replace(/#.*$/, ''));
  if (!existsSync(page)) return undefined;
  const [, ...sections] = readFileSync(page, 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${code}\n`));
  return section?.slice(code.length).trim();
}
