import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== './rapid-client.node') return nextResolve(specifier, context);
    const url = new URL('./ready-client.ts', import.meta.url).href;
    return { url, format: 'module-typescript', shortCircuit: true };
  },
});
