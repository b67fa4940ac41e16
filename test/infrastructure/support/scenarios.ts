/** The graphs that the tests look at: arguments of `npm run graph`, and the configuration that stands for the committed one. */
export const SCENARIOS = {
  production: { args: ['--stage', 'production'] },
  again: { args: ['--stage', 'production'] },
  personal: { args: ['--stage', 'alice'] },
  live: { args: ['--stage', 'alice', '--dev'] },
  liveWithPattern: { args: ['--stage', 'alice', '--dev'], config: 'several-routes' },
  newTrail: { args: ['--stage', 'production'], config: 'new-trail' },
  newTrailPersonal: { args: ['--stage', 'alice'], config: 'new-trail' },
  organizationTrail: { args: ['--stage', 'production'], config: 'organization-trail' },
  everythingOff: { args: ['--stage', 'production'], config: 'everything-off' },
  complianceShadow: { args: ['--stage', 'production'], config: 'compliance-shadow' },
  backtest: { args: ['--stage', 'production'], config: 'backtest' },
  severalRoutes: { args: ['--stage', 'audit'], config: 'several-routes' },
  tied: { args: ['--stage', 'production'], config: 'several-routes' },
  govCloud: { args: ['--stage', 'production', '--region', 'us-gov-west-1'], config: 'new-trail' },
  china: { args: ['--stage', 'production', '--region', 'cn-north-1'], config: 'new-trail' },
} as const satisfies Readonly<Record<string, { readonly args: readonly string[]; readonly config?: string }>>;

export type Scenario = keyof typeof SCENARIOS;
