/** One resource, as the engine would register it. */
export interface GraphResource {
  readonly urn: string;
  /** Pulumi's token: `aws:sns/topic:Topic`. */
  readonly type: string;
  readonly name: string;
  /** The urn of the resource that it is part of; null for the stack. */
  readonly parent: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the engine would be told besides the inputs. */
export interface ResourceDetails {
  /** Paths of the inputs that are secret. */
  readonly secrets: readonly string[];
  readonly dependsOn: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** A function's code, as it is zipped. */
export interface BuiltFunction {
  readonly functionId: string;
  readonly folder: string;
  /** `bundle.handler` */
  readonly handler: string;
  readonly bytes: number;
}

export interface Graph {
  readonly app: Readonly<Record<string, unknown>>;
  readonly resources: readonly (GraphResource & ResourceDetails)[];
  readonly functions: readonly BuiltFunction[];
  /** What the program returns. */
  readonly outputs: unknown;
  readonly errors: readonly string[];
}
