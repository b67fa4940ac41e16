// The direction of imports, as ESLint rules: core <- functions <- local <- cli, stacks -> core alone, and nothing impure in core.

/** What core may take from Node: functions of their arguments alone. */
const PURE_NODE_MODULES = ['node:buffer', 'node:crypto', 'node:zlib'];
const PURE_PACKAGES = ['yaml', 'zod', 're2js', 'fastest-levenshtein'];

const acrossPackages = {
  regex: String.raw`^(\.\./)+(packages|stacks|test|bench|core|functions|local|cli)/`,
  message: 'Import another package by its name, never by a path into its folder.',
};

/** Forbids importing each of the named workspaces. */
function mayNotImport(names, why) {
  return names.map((name) => ({ regex: `^@trailbell/${name}(/|$)`, message: why }));
}

function restrict(files, patterns, ignores = []) {
  return { files, ignores, rules: { 'no-restricted-imports': ['error', { patterns: [acrossPackages, ...patterns] }] } };
}

const tests = ['**/*.test.ts', '**/*.soak.ts', '**/test/**'];

export const layering = [
  restrict(
    ['packages/core/src/**'],
    [
      ...mayNotImport(['functions', 'local', 'cli'], 'core depends on no other package.'),
      {
        regex: `^(?!\\.|(${[...PURE_NODE_MODULES, ...PURE_PACKAGES].join('|')})$)`,
        message: `core is pure: besides its own files it may import ${[...PURE_NODE_MODULES, ...PURE_PACKAGES].join(', ')}.`,
      },
    ],
    tests,
  ),
  restrict(['packages/functions/src/**'], mayNotImport(['local', 'cli'], 'functions depends on core alone.')),
  restrict(['packages/local/src/**'], mayNotImport(['cli'], 'local depends on core and functions.')),
  restrict(
    ['stacks/**', 'sst.config.ts'],
    mayNotImport(['functions', 'local', 'cli'], 'stacks uses core for limits and names.'),
  ),
  {
    files: ['packages/core/src/**'],
    ignores: tests,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'console', 'performance', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'Buffer'].map(
          (name) => ({ name, message: 'core is pure: time, ids and effects come in as arguments.' }),
        ),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'core has no clock: take nowMs as an argument.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'core has no clock: take nowMs as an argument.',
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'core has no randomness: take it as an argument.',
        },
      ],
    },
  },
];
