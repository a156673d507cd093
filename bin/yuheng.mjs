#!/usr/bin/env node
// The command. In a clone it builds once, under a lock, when the build is missing or older than the sources; messages go to stderr.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const build = new URL('../scripts/build.mjs', import.meta.url);
if (existsSync(fileURLToPath(build))) {
  const { ensureBuilt } = await import(build.href);
  await ensureBuilt();
}
const { main } = await import(new URL('../dist/yuheng.mjs', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
