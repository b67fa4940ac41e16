/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { readStage } = await import('./stacks/configuration.ts');
    const { isProtected, account, region } = readStage(input.stage || 'unnamed');
    return {
      name: 'trailbell',
      version: '4.17.1',
      home: 'aws',
      removal: isProtected ? 'retain' : 'remove',
      protect: isProtected,
      providers: {
        aws: { version: '7.20.0', ...(region && { region }), ...(account && { allowedAccountIds: [account] }) },
      },
    };
  },
  async run() {
    const { createTrailbell } = await import('./stacks/index.ts');
    return createTrailbell();
  },
});
