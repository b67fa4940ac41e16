import tseslint from 'typescript-eslint';
import js from '@eslint/js';
import { layering } from './scripts/lint-layering.js';

export default tseslint.config(
  {
    ignores: [
      // AssemblyScript: TypeScript's syntax, another type system, another compiler.
      'packages/core/src/matcher/scanner/assembly/',
      '**/node_modules/',
      '.sst/',
      '.trailbell/',
      'sst-env.d.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', require: 'readonly', module: 'readonly' },
    },
  },
  {
    files: ['sst.config.ts', 'stacks/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.sst.json' } },
  },
  {
    // SST's globals come by this reference and no other way.
    files: ['sst.config.ts'],
    rules: { '@typescript-eslint/triple-slash-reference': 'off' },
  },
  ...layering,
);
