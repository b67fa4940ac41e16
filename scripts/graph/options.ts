import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a graph is evaluated for. */
export interface GraphOptions {
  readonly stage: string;
  /** As `sst dev` does. */
  readonly dev: boolean;
  /** The account, region and partition that AWS answers with. */
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** Stands for trailbell.config.ts where given: an absolute path. */
  readonly configFile?: string;
  /** Where the functions' code is left: one folder each, as it is zipped. A temporary one where absent. */
  readonly functionsFolder?: string;
}

const USAGE =
  'usage: npm run graph -- --stage STAGE [--dev] [--region REGION] [--config FILE] [--functions FOLDER] [--full]';

/** Throws with the usage for what it does not know. */
export function parseOptions(args: readonly string[]): GraphOptions & { readonly full: boolean } {
  const given = new Map<string, string>();
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const [name = '', inline] = (args[index] ?? '').split(/=(.*)/s);
    if (name === '--dev' || name === '--full') flags.add(name);
    else if (['--stage', '--region', '--config', '--functions'].includes(name)) {
      const value = inline ?? args[++index];
      if (value === undefined || value === '') throw new Error(`${name} needs a value\n${USAGE}`);
      given.set(name, value);
    } else throw new Error(`there is no option ${JSON.stringify(name)}\n${USAGE}`);
  }
  const stage = given.get('--stage');
  if (stage === undefined) throw new Error(`--stage is missing\n${USAGE}`);
  const region = given.get('--region') ?? 'eu-west-1';
  const configFile = pathOf(given.get('--config'));
  if (configFile !== undefined && !existsSync(configFile)) throw new Error(`--config: there is no file ${configFile}`);
  const functionsFolder = pathOf(given.get('--functions'));
  return {
    stage,
    dev: flags.has('--dev'),
    full: flags.has('--full'),
    accountId: '777788889999',
    region,
    partition: partitionOf(region),
    ...(configFile !== undefined && { configFile }),
    ...(functionsFolder !== undefined && { functionsFolder }),
  };
}

function pathOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}

/** The partition that a region lies in. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
