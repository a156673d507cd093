/** Set by the build from the root's package.json. */
declare const YUHENG_VERSION: string;

/** The product's version; `0.0.0-source` where the sources run without a build. */
export const version = typeof YUHENG_VERSION === 'string' ? YUHENG_VERSION : '0.0.0-source';

/** Whether this is the built program, and not its sources under test. */
export const isBuilt = typeof YUHENG_VERSION === 'string';

export async function printVersion(): Promise<number> {
  process.stdout.write(`${version}\n`);
  return 0;
}
