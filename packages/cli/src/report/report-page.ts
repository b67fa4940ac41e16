import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ReportData } from './report-data.ts';

/**
 * The report as one HTML file that loads nothing. What events contain is in a block of JSON alone, which no byte of it can end;
 * the page's policy lets nothing run but its own script, and nothing go out.
 */
export async function reportPage(data: ReportData): Promise<string> {
  const script = await clientScript();
  const style = readFileSync(new URL('report.css', import.meta.url), 'utf8');
  const policy = [
    "default-src 'none'",
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>What would have paged - Trailbell</title>
<style>${style}</style>
</head>
<body>
<noscript>This report draws itself with a script, which your browser was told not to run.</noscript>
<script type="application/json" id="data">${embeddedJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that may stand in a script element: no `<` can end it or begin a comment, and no separator ends a line of script. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

async function clientScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('client/main.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const script = outputFiles[0]?.text ?? '';
  // Of our own making, and so that it stays true: a script must not hold what ends it.
  if (/<\/script|<!--/i.test(script)) throw new Error("the report's script would end itself");
  return script;
}

function sourceHash(source: string): string {
  return `sha256-${hash('sha256', source, 'base64')}`;
}
