import tseslint from 'typescript-eslint';

/** Banned calls, each with what to use instead. */
const BANNED = [
  { selector: 'TSEnumDeclaration', message: 'Use a const object and a union type: enums do not erase.' },
  {
    selector: "CallExpression[callee.property.name='localeCompare']",
    message: 'Use compareText: a locale’s order differs between machines.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^toLocale/]',
    message: 'Locale-dependent text differs between machines: format it ourselves.',
  },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that one thing has one name everywhere.' },
];

/** Clock and chance, which findings must not depend on. */
const UNDETERMINED = [
  { object: 'Date', property: 'now', message: 'Event time decides, never the wall clock.' },
  { object: 'Math', property: 'random', message: 'The same records must give the same findings.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/*.wasm.ts',
      'packages/*/assembly/**',
      '**/node_modules/**',
      'coverage/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', ...BANNED],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['packages/**/*.ts', 'engine/**/*.ts', 'capabilities/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...UNDETERMINED] },
  },
  { files: ['**/*.test.ts', '**/testing/**', '**/*testing.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['*.config.ts', '*.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);
