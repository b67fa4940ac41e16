/**
 * Loaded into a handler's process before aws-lambda-ric: gives it our client of the Runtime API in place of its native addon,
 * which is not built here, and the driven clock in place of the real one.
 */
import { registerHooks } from 'node:module';
import { installDrivenDate, setNow } from './driven-date.ts';
// Starts its thread at once, which takes the start variables with it.
import './runtime-api-link.ts';
import { START_VARIABLES } from './start-variables.ts';

setNow(Number(process.env[START_VARIABLES.initTimeMs]));
installDrivenDate();
for (const name of Object.values(START_VARIABLES)) Reflect.deleteProperty(process.env, name);

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== './rapid-client.node') return nextResolve(specifier, context);
    return { url: new URL('./rapid-client.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true };
  },
});
