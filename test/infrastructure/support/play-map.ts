/** What of Amazon States Language the backtest's state machine uses. https://states-language.net/spec.html */
export interface MapDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, MapState>>;
}

interface MapState {
  readonly Type: 'Map';
  readonly Label: string;
  readonly MaxConcurrency: number;
  readonly ToleratedFailurePercentage: number;
  readonly ItemReader: {
    readonly Resource: string;
    readonly ReaderConfig: { readonly InputType: string };
    readonly Parameters: { readonly Bucket: string; readonly 'Key.$': string };
  };
  readonly ItemProcessor: {
    readonly ProcessorConfig: { readonly Mode: string; readonly ExecutionType: string };
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
  };
  readonly ResultWriter: {
    readonly Resource: string;
    readonly Parameters: { readonly Bucket: string; readonly 'Prefix.$': string };
  };
  readonly End: true;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
}

type State = TaskState | ChoiceState | { readonly Type: 'Succeed' };

export interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: { readonly FunctionName: string; readonly 'Payload.$': '$' };
  readonly ResultSelector: Readonly<Record<string, string>>;
  readonly ResultPath: string;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Next: string;
}

interface ChoiceState {
  readonly Type: 'Choice';
  readonly Choices: readonly { readonly Variable: string; readonly BooleanEquals: boolean; readonly Next: string }[];
  readonly Default: string;
}

/** Step Functions, as far as the definition takes it. */
export interface World {
  readObject(bucket: string, key: string): string;
  /** Rejects with an error whose name is the function's errorType. */
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
}

type Json = Readonly<Record<string, unknown>>;

/** Plays the map's executions one after the other, and gives what each ended with. Rejects where one fails for good. */
export async function playMap({ StartAt, States }: MapDefinition, input: Json, world: World): Promise<readonly Json[]> {
  const map = States[StartAt];
  if (map === undefined) throw new Error(`there is no state ${StartAt}`);
  const { ItemReader, ItemProcessor } = map;
  if (ItemReader.ReaderConfig.InputType !== 'JSONL') throw new Error('the reader reads JSON lines');
  const { Bucket, 'Key.$': key } = ItemReader.Parameters;
  const lines = world.readObject(Bucket, String(at(input, key))).split('\n');
  const ends: Json[] = [];
  for (const line of lines.filter((text) => text !== '')) {
    ends.push(await playExecution(ItemProcessor, JSON.parse(line) as Json, world));
  }
  return ends;
}

async function playExecution({ StartAt, States }: MapState['ItemProcessor'], input: Json, world: World): Promise<Json> {
  let [name, data] = [StartAt, input];
  for (;;) {
    const state = States[name];
    switch (state?.Type) {
      case 'Task':
        [name, data] = [state.Next, await playTask(state, data, world)];
        break;
      case 'Choice': {
        const chosen = state.Choices.find(({ Variable, BooleanEquals }) => at(data, Variable) === BooleanEquals);
        name = chosen?.Next ?? state.Default;
        break;
      }
      case 'Succeed':
        return data;
      case undefined:
        throw new Error(`there is no state ${name}`);
    }
  }
}

async function playTask({ Parameters, ResultSelector, ResultPath, Retry }: TaskState, data: Json, world: World) {
  const attempts = new Map<Retrier, number>();
  for (;;) {
    try {
      const result = { Payload: await world.invoke(Parameters.FunctionName, data) };
      const selected = Object.entries(ResultSelector).map(([field, path]) => [
        field.replace(/\.\$$/, ''),
        at(result, path),
      ]);
      return { ...data, [ResultPath.replace(/^\$\./, '')]: Object.fromEntries(selected) as unknown };
    } catch (error) {
      const name = error instanceof Error ? error.name : String(error);
      const retrier = Retry.find(({ ErrorEquals }) => ErrorEquals.includes(name) || ErrorEquals.includes('States.ALL'));
      const made = (retrier && attempts.get(retrier)) ?? 0;
      if (retrier === undefined || made >= retrier.MaxAttempts) throw error;
      attempts.set(retrier, made + 1);
    }
  }
}

/** What a path such as `$.progress.isDone` leads to. Throws where it leads nowhere, as Step Functions fails then. */
function at(data: unknown, path: string): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => {
      if (typeof value !== 'object' || value === null || !(name in value)) throw new Error(`${path} leads nowhere`);
      return (value as Json)[name];
    }, data);
}
