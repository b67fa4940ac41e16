// Stands for the native part of aws-lambda-ric, which asks for the first event once the handler is loaded: says when that was.
export function initializeClient(): void {
  // There is nothing to connect to.
}

export function next(): never {
  process.stdout.write(`${performance.now()}\n`);
  process.exit(0);
}

export function done(): void {
  throw new Error('there was no event');
}

export function error(_requestId: string, body: string): never {
  process.stderr.write(`${body}\n`);
  process.exit(1);
}

export const initError = error;
