// Writes packages/core/src/lint/aws/event-names.json: which event names each service's API has, from the service models of the npm
// package aws-sdk 2.x. With --check it compares in place of writing. The package has had no new models since 2024; with
// --later FOLDER, the `data` folder of an unpacked botocore wheel, the names that have come since go to later-event-names.json.
//
//   node scripts/build-event-names.ts [--check] [--later FOLDER]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const AWS = new URL('../packages/core/src/lint/aws/', import.meta.url);
const PACKAGE = 'aws-sdk@2.1693.0';

/** What of a service's model counts here. */
interface ServiceModel {
  readonly metadata: { readonly endpointPrefix: string; readonly signingName?: string };
  readonly operations: Readonly<Record<string, unknown>>;
}

type EventNames = ReadonlyMap<string, ReadonlySet<string>>;

/** Sources under which CloudTrail also, or instead, records a service, by the name that its requests are signed with. */
const FURTHER_SOURCES: Readonly<Record<string, readonly string[]>> = {
  awsssoportal: ['sso'],
  'sso-oauth': ['sso'],
  identitystore: ['sso-directory'],
  route53domains: ['route53'],
  macie2: ['macie'],
  s3: ['s3express', 's3-object-lambda'],
};

/** Names of hosts that are not names of sources: `email.us-east-1.amazonaws.com` is recorded as ses.amazonaws.com. */
const IS_HOST_ONLY = /^(?:api\.|email$|s3-control$|data-ats\.)/;

/** The eventSources under which a service's calls are recorded. */
function sourcesOf({ metadata: { endpointPrefix, signingName = endpointPrefix } }: ServiceModel): readonly string[] {
  const signed = signingName.toLowerCase();
  const names = [signed, endpointPrefix, ...(FURTHER_SOURCES[signed] ?? [])];
  return [...new Set(names.filter((name) => !IS_HOST_ONLY.test(name)))].map((name) => `${name}.amazonaws.com`);
}

function eventNamesOf(models: Iterable<ServiceModel>): EventNames {
  const names = new Map<string, Set<string>>();
  for (const model of models) {
    for (const source of sourcesOf(model)) {
      const known = names.get(source) ?? new Set();
      for (const operation of Object.keys(model.operations)) known.add(operation);
      names.set(source, known);
    }
  }
  return names;
}

/** The package's own models hold trusted JSON of a known shape. */
function readModel(path: string): ServiceModel {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as ServiceModel;
}

function packedModels(): readonly ServiceModel[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailbell-event-names-'));
  try {
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const file = execFileSync('npm', ['pack', '--silent', PACKAGE], options).trim().split('\n').at(-1) ?? '';
    execFileSync('tar', ['-xzf', file, 'package/apis'], options);
    const apis = join(folder, 'package/apis');
    const models = readdirSync(apis).filter((name) => name.endsWith('.min.json'));
    return models.sort().map((name) => readModel(join(apis, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* modelsInFolders(folder: string): Generator<ServiceModel> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/service-2\.json(?:\.gz)?$/.test(name)) yield readModel(join(folder, name));
  }
}

function without(names: EventNames, known: EventNames): EventNames {
  const rest = [...names].map(
    ([source, all]) => [source, new Set([...all].filter((name) => known.get(source)?.has(name) !== true))] as const,
  );
  return new Map(rest.filter(([, left]) => left.size > 0));
}

/** A line for each source, its names in order, one blank between them. */
function asJson(names: EventNames): string {
  const lines = [...names].map(([source, set]) => [source, [...set].sort().join(' ')] as const).sort();
  return `${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`;
}

function put(file: string, text: string): void {
  const url = new URL(file, AWS);
  if (!process.argv.includes('--check')) writeFileSync(url, text);
  else if (!existsSync(url) || readFileSync(url, 'utf8') !== text) {
    console.error(`${file} is not what the models of ${PACKAGE} come to: run node scripts/build-event-names.ts`);
    process.exitCode = 1;
  }
}

const names = eventNamesOf(packedModels());
put('event-names.json', asJson(names));
const at = process.argv.indexOf('--later');
const laterFolder = at === -1 ? undefined : process.argv[at + 1];
if (laterFolder !== undefined)
  put('later-event-names.json', asJson(without(eventNamesOf(modelsInFolders(laterFolder)), names)));
