import { ensureBuilt } from '../scripts/build.mjs';

/** Builds once before the tests, so that no test sees the build. */
export { ensureBuilt as setup };
