/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    return {
      name: 'trailbell',
      version: '4.17.1',
      home: 'aws',
      removal: input.stage === 'production' ? 'retain' : 'remove',
      protect: input.stage === 'production',
      providers: { aws: { version: '7.20.0' } },
    };
  },
  async run() {
    const { createStorage } = await import('./stacks/storage.ts');
    createStorage();
  },
});
