import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The parts of Pulumi's SDK that an evaluation uses. It must be the platform's own copy: its state is that of the process. */
export interface Pulumi {
  readonly asset: Readonly<
    Record<'Asset' | 'Archive', { isInstance(value: unknown): value is { readonly path?: unknown } }>
  >;
  readonly runtime: {
    setMocks(mocks: PulumiMocks, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(program: () => unknown): Promise<unknown>;
  };
}

export interface PulumiMocks {
  newResource(args: MockArguments & { readonly type: string }): { readonly id: string; readonly state: object };
  call(args: MockArguments & { readonly token: string }): object;
}

interface MockArguments {
  readonly name: string;
  readonly inputs: unknown;
}

/** A request to register a resource, as Pulumi's protocol has it. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): unknown;
  getDependenciesList(): readonly string[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
}

type Callback = (error: unknown, response: { getUrn(): string }) => void;

/** The stand-in for the engine that `setMocks` installs. */
export interface MockMonitor {
  registerResource(request: RegisterRequest, callback: Callback): void;
  newUrn(parent: string | undefined, type: string, name: string): string;
}

export function loadPulumi(platformFolder: string): {
  readonly pulumi: Pulumi;
  readonly monitor: () => MockMonitor;
  readonly deserialize: (object: unknown) => unknown;
} {
  const load = createRequire(join(platformFolder, 'package.json'));
  const settings = load('@pulumi/pulumi/runtime/settings') as { getMonitor(): MockMonitor };
  const rpc = load('@pulumi/pulumi/runtime/rpc') as { deserializeProperties(object: unknown): unknown };
  return {
    pulumi: load('@pulumi/pulumi') as Pulumi,
    monitor: () => settings.getMonitor(),
    deserialize: (object) => rpc.deserializeProperties(object),
  };
}
