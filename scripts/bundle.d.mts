import type { BuildOptions } from 'esbuild';

/** How every program of the repository is bundled. */
export const bundleOptions: BuildOptions;
