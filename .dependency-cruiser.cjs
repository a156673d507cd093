/** The borders of the house: packages ← engine ← capabilities, adapters ← apps. An arrow never runs back. */
const from = (path, ...not) => ({
  from: { path, pathNot: '\\.test\\.ts$' },
  to: { path: not, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Data flows one way. Move what both need into a third file.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-know-nothing-of-the-house',
      severity: 'error',
      comment: 'A package stands alone: move what it needs into it, or out of it.',
      ...from('^packages/', '^engine/', '^capabilities/', '^adapters/', '^apps/'),
    },
    {
      name: 'packages-import-no-sibling',
      severity: 'error',
      comment: 'Packages are publishable alone.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/([^/]+)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'engine-below-capabilities',
      severity: 'error',
      comment: 'The engine hears of capabilities by its contract (capability.ts) only.',
      ...from('^engine/', '^capabilities/', '^adapters/', '^apps/'),
    },
    {
      name: 'capabilities-below-apps',
      severity: 'error',
      comment: 'A capability never knows an adapter or an app.',
      ...from('^capabilities/', '^adapters/', '^apps/'),
    },
    {
      name: 'capabilities-apart',
      severity: 'error',
      comment: 'Capabilities hear of each other as events and findings only.',
      from: { path: '^capabilities/([^/]+)/' },
      to: { path: '^capabilities/([^/]+)/', pathNot: '^capabilities/$1/' },
    },
    {
      name: 'adapters-below-apps',
      severity: 'error',
      comment: 'An adapter fills a port; it knows no app.',
      ...from('^adapters/', '^capabilities/', '^apps/'),
    },
    {
      name: 'no-deep-imports',
      severity: 'error',
      comment: 'Import a workspace by its name: what its index does not export is its own affair.',
      from: { path: '^([^/]+/[^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|adapters|apps)/[^/]+/', pathNot: ['^$1/', '/index\\.ts$', '/testing/index\\.ts$'] },
    },
    {
      name: 'a-hunt-needs-no-engine',
      severity: 'error',
      comment: 'A hunt installs in seconds because it imports no storage engine and no server.',
      from: { path: '^apps/(cli/(hunt|rules)|report)/' },
      to: { path: '^(adapters/(lake|postgres)|apps/server)/', reachable: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports this file: delete it.',
      from: {
        orphan: true,
        pathNot: ['\\.test\\.ts$', '\\.config\\.', '/main\\.ts$', 'worker\\.ts$', '^scripts/', '^bench/', 'generate'],
      },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: ['/generated/', '/dist/', 'node_modules'] },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['src', 'types', 'import', 'default'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
