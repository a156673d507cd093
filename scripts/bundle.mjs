/** How every program of the repository is bundled: sources of all workspaces and libraries into one ES module for Node 20. */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['src'],
  packages: 'bundle',
  // The SSH library asks for it where Node is older than any that we run on.
  external: ['node-rsa'],
  logLevel: 'warning',
  legalComments: 'none',
  // Bundled CommonJS libraries still ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};
