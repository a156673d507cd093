// `npm run check`: types, format, lint, borders, dead code, stale generated files, and our own rules. Every step runs; the last line says which failed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWasm } from './wasm.mjs';

const bin = (name) => join('node_modules', '.bin', name);
const FOLDERS = ['packages', 'engine', 'capabilities', 'adapters', 'apps'];

/** [what, command, arguments, a line that must stand in the output] */
const STEPS = [
  // The native compiler: the same verdict as the one that the tools below use, in a fraction of the time.
  ['types', process.execPath, ['node_modules/ts7/bin/tsc', '-p', '.']],
  ['types of the console', process.execPath, ['node_modules/ts7/bin/tsc', '-p', 'apps/console']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
  ['borders and circles', bin('depcruise'), [...FOLDERS, '--config', '.dependency-cruiser.cjs'], /\([1-9]\d+ modules/],
  ['dead code', process.execPath, ['scripts/run.mjs', 'scripts/unused-exports.ts']],
  ['generated files', process.execPath, ['scripts/run.mjs', 'scripts/generate.ts', '--check']],
  ['our own rules', bin('vitest'), ['run', 'e2e/tidy.test.ts']],
];

await ensureWasm();
const failed = [];
for (const [what, command, args, mustSay] of STEPS) {
  process.stdout.write(`— ${what}\n`);
  if (!existsSync(command)) throw new Error(`${command} is missing: run npm ci first.`);
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const silent = mustSay && !mustSay.test(stdout);
  if (status === 0 && !silent) continue;
  failed.push(what);
  process.stdout.write(stdout + stderr + (silent ? `The tool looked at nothing: expected ${mustSay}.\n` : ''));
}
process.stdout.write(failed.length === 0 ? `All ${STEPS.length} checks passed.\n` : `Failed: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
