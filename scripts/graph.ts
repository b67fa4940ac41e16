/**
 * `npm run graph -- --stage STAGE [--dev]`: the resources that a deploy of the stage would create, as JSON on standard output and
 * nothing else there. Evaluated offline from the real sst.config.ts and trailbell.config.ts; secrets are placeholders.
 */
import { writeSync } from 'node:fs';
import { evaluateGraph } from './graph/evaluate.ts';
import { parseOptions } from './graph/options.ts';

const print = (text: string) => {
  for (let rest = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSome(rest));
};
// What the program under evaluation prints must not mix with the graph.
process.stdout.write = process.stderr.write.bind(process.stderr);

try {
  const options = parseOptions(process.argv.slice(2));
  await import('./prepare-sst.ts');
  const graph = await evaluateGraph(options);
  if (graph.errors.length > 0) throw new Error(graph.errors.join('\n'));
  const resources = graph.resources.map(({ urn, type, name, parent, inputs }) => ({ urn, type, name, parent, inputs }));
  print(`${JSON.stringify(options.full ? graph : resources, null, 2)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** How many bytes need not be written any more. A pipe may be full for a moment, and its reader may go (`| head`). */
function writeSome(bytes: Buffer): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN') return 0;
    if (code === 'EPIPE') return bytes.length;
    throw error;
  }
}
