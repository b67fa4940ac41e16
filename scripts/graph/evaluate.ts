import crypto, { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createdResource, lookedUp } from './aws-answers.ts';
import { buildFunction, keepFunction, type BuildOrder } from './build-function.ts';
import type { BuiltFunction, Graph } from './graph.ts';
import { partitionOf, type GraphOptions } from './options.ts';
import { plainValue } from './plain-value.ts';
import { loadPulumi, type RegisterRequest } from './pulumi.ts';
import { bundleSstConfig, type Folders } from './sst-bundle.ts';
import { serveSstCalls } from './sst-server.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** The time of every deploy that is evaluated: the same input gives the same graph. */
const DEPLOY_TIME_MS = Date.UTC(2026, 0, 1);

interface Provider {
  readonly region?: string;
  readonly allowedAccountIds?: readonly string[];
}

type App<Aws = Provider> = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly providers: { readonly aws: Aws };
};

type DeployedApp = App<Provider & { readonly region: string; readonly defaultTags: object }>;

/**
 * Evaluates sst.config.ts as the SST CLI does, with its real components, against Pulumi's stand-in for the engine: no AWS, no
 * Pulumi CLI. Pulumi's and SST's state is that of the process and the working directory is changed, so a process evaluates once.
 */
export async function evaluateGraph(asked: GraphOptions): Promise<Graph> {
  const platform = join(PROJECT, '.sst/platform');
  const folders: Folders = { project: PROJECT, platform, temporary: mkdtempSync(join(platform, 'graph-')) };
  process.on('exit', () => {
    rmSync(folders.temporary, { recursive: true, force: true });
  });
  const app = await evaluateApp(folders, asked);
  const options = { ...asked, ...placeOf(app, asked) };
  const functions: BuiltFunction[] = [];
  process.env.SST_SERVER = await serveSstCalls(sstCalls(options, folders, functions));
  process.env.SST_AWS_REGION = options.region;
  Object.assign(process.env, await placeholderSecrets(folders, options));
  const { resources, outputs, errors } = await runProgram(folders, options, app);
  return { app, resources, functions, outputs, errors };
}

/** What `app()` of sst.config.ts says, with what the CLI adds. */
async function evaluateApp(folders: Folders, { stage, configFile, region }: GraphOptions): Promise<DeployedApp> {
  const file = await bundleSstConfig(folders, {
    name: 'app.mjs',
    banner: 'function $config(input) { return input }',
    code: `import mod from './sst.config.ts';
export default await mod.app({ stage: ${JSON.stringify(stage)} });`,
    configFile,
  });
  const { default: app } = (await import(pathToFileURL(file).href)) as { default: App };
  const { aws } = app.providers;
  // The CLI tags whatever the provider creates.
  const defaultTags = { tags: { 'sst:app': app.name, 'sst:stage': stage } };
  return {
    ...app,
    stage,
    removal: app.removal ?? 'retain',
    protect: app.protect ?? false,
    providers: { ...app.providers, aws: { region, ...aws, defaultTags } },
  };
}

/** The account and the region that the stage is tied to, else those that were asked for. */
function placeOf({ providers }: DeployedApp, { accountId }: GraphOptions) {
  const { region, allowedAccountIds = [] } = providers.aws;
  return { region, partition: partitionOf(region), accountId: allowedAccountIds[0] ?? accountId };
}

/** A URL of the right form for each secret that the configuration names, with a key that is none. */
async function placeholderSecrets(folders: Folders, { configFile }: GraphOptions): Promise<Record<string, string>> {
  const file = await bundleSstConfig(folders, {
    name: 'secrets.mjs',
    code: `import config from './trailbell.config.ts';
export default config.routes.map(({ endpointSecret }) => endpointSecret);`,
    configFile,
  });
  const { default: names } = (await import(pathToFileURL(file).href)) as { default: readonly string[] };
  return Object.fromEntries(
    names.map((name) => [
      `SST_SECRET_${name}`,
      `https://events.pagerduty.com/integration/${hash('sha256', `placeholder ${name}`, 'hex').slice(0, 32)}/enqueue`,
    ]),
  );
}

function sstCalls(options: GraphOptions, folders: Folders, functions: BuiltFunction[]) {
  const { functionsFolder } = options;
  return {
    'Provider.Aws.Bootstrap': () => ({
      asset: 'sst-asset-graph',
      state: 'sst-state-graph',
      assetEcrRegistryId: options.accountId,
      assetEcrUrl: `${options.accountId}.dkr.ecr.${options.region}.amazonaws.com/sst-asset`,
    }),
    'Provider.Aws.Appsync': () => ({ http: 'https://live.invalid', realtime: 'wss://live.invalid' }),
    'Runtime.AddTarget': () => true,
    'Runtime.Build': async (order: BuildOrder) => {
      try {
        const built = await buildFunction(order, PROJECT, join(folders.temporary, 'functions', order.functionID));
        const folder = functionsFolder === undefined ? built.folder : keepFunction(built, order, functionsFolder);
        functions.push({ ...built, folder });
        return { handler: built.handler, out: built.folder, errors: [], sourcemaps: [] };
      } catch (error) {
        return {
          handler: '',
          out: '',
          errors: [error instanceof Error ? error.message : String(error)],
          sourcemaps: [],
        };
      }
    },
  };
}

async function runProgram(folders: Folders, options: GraphOptions, app: DeployedApp) {
  const { platform, temporary } = folders;
  const lock = JSON.parse(readFileSync(join(PROJECT, '.sst/provider-lock.json'), 'utf8')) as readonly {
    readonly alias: string;
    readonly package: string;
  }[];
  const cli = {
    command: 'deploy',
    dev: options.dev,
    paths: { home: join(temporary, 'home'), root: PROJECT, work: temporary, platform },
    state: { version: {} },
  };
  const file = await bundleSstConfig(folders, {
    name: 'program.mjs',
    define: { $app: JSON.stringify(app), $cli: JSON.stringify(cli), $dev: String(options.dev) },
    inject: [join(platform, 'src/shim/run.js')],
    globals: [
      ...lock.map((provider) => `import * as ${provider.alias} from ${JSON.stringify(provider.package)};`),
      `import * as sst from ${JSON.stringify(join(platform, 'src/components'))};`,
    ].join(' '),
    code: `import { run } from ${JSON.stringify(join(platform, 'src/auto/run.ts'))};
import mod from './sst.config.ts';
export const main = () => run(mod.run);`,
    configFile: options.configFile,
  });

  const { pulumi, monitor, deserialize } = loadPulumi(platform);
  const plain = (value: unknown) => plainValue(pulumi, value) as Readonly<Record<string, unknown>>;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => createdResource(type, name, plain(inputs), options),
      call: ({ token, inputs }) => lookedUp(token, plain(inputs), options),
    },
    app.name,
    options.stage,
    false,
  );

  const resources: Graph['resources'][number][] = [];
  const engine = monitor();
  // As the engine does, and unlike its stand-in, a urn leaves the stack out of the types that lead to a resource.
  engine.newUrn = (parent, type, name) => {
    const types = parent?.split('::')[2];
    const chain = types === undefined || types === 'pulumi:pulumi:Stack' ? type : `${types}$${type}`;
    return `urn:pulumi:${options.stage}::${app.name}::${chain}::${name}`;
  };
  const register = engine.registerResource.bind(engine);
  engine.registerResource = (request: RegisterRequest, callback) => {
    register(request, (error, response) => {
      if (error === null || error === undefined) {
        const secrets: string[] = [];
        const inputs = plainValue(pulumi, deserialize(request.getObject()), secrets);
        resources.push({
          urn: response.getUrn(),
          type: request.getType(),
          name: request.getName(),
          parent: request.getParent() || null,
          inputs: inputs as Graph['resources'][number]['inputs'],
          secrets,
          dependsOn: request.getDependenciesList(),
          protect: request.getProtect(),
          retainOnDelete: request.getRetainondelete(),
        });
      }
      callback(error, response);
    });
  };
  makeRepeatable();

  const errors = new Set<string>();
  const note = (error: unknown) => errors.add(error instanceof Error ? error.message : String(error));
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  const { main } = (await import(pathToFileURL(file).href)) as { main: () => unknown };
  let outputs: unknown;
  try {
    outputs = plain(await pulumi.runtime.runInPulumiStack(main));
  } catch (error) {
    note(error);
  }
  await nothingLeftToDo();
  resources.sort((one, other) => (one.urn < other.urn ? -1 : 1));
  return { resources, outputs, errors: [...errors] };
}

/** Names end in eight random letters, and rules carry the time of their deploy. */
function makeRepeatable(): void {
  const { randomBytes } = crypto;
  Object.assign(crypto, {
    randomBytes: (size: number, callback?: (error: Error | null, bytes: Buffer) => void) => {
      if (callback !== undefined) {
        randomBytes(size, callback);
        return undefined;
      }
      return size === 8 ? Buffer.alloc(8) : randomBytes(size);
    },
  });
  Date.now = () => DEPLOY_TIME_MS;
}

/** Components create resources in callbacks that nobody awaits: only the end of all work is a sure sign. */
function nothingLeftToDo(): Promise<void> {
  return new Promise((resolve) => {
    process.once('beforeExit', () => {
      resolve();
    });
  });
}
