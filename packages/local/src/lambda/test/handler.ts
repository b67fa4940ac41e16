/** A handler that does what its event says: everything that can become of an invocation. */
import { Console } from 'node:console';

interface Context {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  readonly functionName: string;
  getRemainingTimeInMillis(): number;
}

export interface Event {
  readonly act?: 'throw' | 'exit' | 'hang' | 'slow' | 'print' | 'leave' | 'spin';
}

class Day extends Date {}

const stdout = new Console(process.stdout, process.stderr);
const initMs = Date.now();
let invocations = 0;

if (process.env.FAILS_TO_START === 'yes') throw new TypeError('cannot start');

function say(text: string): void {
  stdout.log(JSON.stringify({ level: 'INFO', message: text }));
}

function metric(name: string, value: number | readonly number[]): void {
  const directive = { Namespace: 'Trailbell', Dimensions: [['service']], Metrics: [{ Name: name, Unit: 'Count' }] };
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [directive] };
  stdout.log(JSON.stringify({ _aws, service: 'fixture', [name]: value }));
}

/** Does what the event says; otherwise tells what the process sees of time, of its environment and of its own past. */
export async function handler(event: Event, context: Context) {
  invocations += 1;
  say(`started ${context.awsRequestId}`);
  console.error('to the console');
  process.stderr.write('no newline at the end');
  metric('Invocations', 1);
  metric('Samples', [2, 3]);
  const startedMs = Date.now();
  await new Promise((resolve) => setTimeout(resolve, event.act === 'slow' ? 50 : 1));
  if (event.act === 'hang') await new Promise((resolve) => setTimeout(resolve, 600_000));
  if (event.act === 'print') stdout.log('x'.repeat(300_000));
  if (event.act === 'leave')
    setTimeout(() => {
      say('done late');
    }, 1);
  if (event.act === 'spin') for (;;);
  if (event.act === 'exit') process.exit(3);
  if (event.act === 'throw') throw new RangeError('as asked');
  return {
    processId: process.pid,
    nodeMajor: process.versions.node.split('.')[0],
    invocations,
    initMs,
    startedMs,
    endedMs: Date.now(),
    newDate: new Date().toISOString(),
    dateText: Date(),
    given: [new Date(0).toISOString(), new Date(2020, 1, 3).toISOString(), Date.UTC(2020, 0), Date.parse('2020-01-01')],
    kinds: [new Date() instanceof Date, new Day() instanceof Date, new Date(5).constructor === Date, Date.name],
    subclassNow: new Day().getTime(),
    remainingMs: context.getRemainingTimeInMillis(),
    functionArn: context.invokedFunctionArn,
    environment: process.env,
  };
}
