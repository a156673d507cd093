import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nullValue, windowsEvent, writeEvtx } from '@yuheng/evtx/testing';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from './cli.ts';

interface Library {
  readonly name: string;
  /** Libraries from the registry that it needs, and what those need. */
  readonly needs: readonly string[];
  /** What lies beside the examples when they run. */
  readonly files: { readonly [name: string]: Uint8Array };
  /** What each example prints. */
  readonly prints: readonly RegExp[];
}

const EVENT = { recordId: 7n, provider: 'P', eventId: 4688, channel: 'Security', computer: 'host', time: 0 };
const LOG = writeEvtx([windowsEvent({ ...EVENT, data: { CommandLine: nullValue } })]);

const LIBRARIES: readonly Library[] = [
  {
    name: 'sigma',
    needs: ['js-yaml', 'argparse', 're2js', 'yaml'],
    files: {},
    prints: [
      /^Many failed logons of one user: TargetUserName alice, at record 5, 3 matches\n/,
      /^Tool \(windows\) at byte 37\nTool \(windows\) at byte 74\n$/,
    ],
  },
  { name: 'evtx', needs: [], files: { 'Security.evtx': LOG }, prints: [/^7n 4688 host null\n<Event xmlns/] },
  { name: 'ocsf', needs: [], files: {}, prints: [/^100701 Process Activity: Launch\n\[\]\n/] },
];

/** A house that only its name may be taken from: the scope under which npm knows the packages. */
const HOUSE = /(?<!@)yuheng|玉衡/i;

function run(folder: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Packs a folder into an archive and gives its name. */
function pack(source: string, into: string, ...flags: string[]): string {
  const known = new Set(readdirSync(into));
  run(source, 'npm', 'pack', '--silent', '--pack-destination', into, ...flags);
  return readdirSync(into).find((name) => !known.has(name))!;
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe.each(LIBRARIES)('the package $name in an empty folder', ({ name, needs, files, prints }) => {
  it('installs, type-checks and runs the examples of its README, and names no house', { timeout: 120_000 }, () => {
    const folder = emptyFolder();
    const archives = join(folder, 'archives');
    mkdirSync(archives);
    const own = pack(resolve('packages', name), archives);
    // The registry's packages come from this installation, so that the test needs no network.
    const others = needs.map((need) => pack(resolve('node_modules', need), archives, '--ignore-scripts'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    run(folder, 'npm', ...install, ...[own, ...others].map((archive) => join(archives, archive)));

    const installed = join(folder, 'node_modules/@yuheng', name);
    const readme = readFileSync(join(installed, 'README.md'), 'utf8');
    for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
    const flags = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', 'false'];
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    const examples = Array.from(readme.matchAll(/```ts\n([^]*?)```/g), ([, text]) => text!);
    expect(examples).toHaveLength(prints.length);
    for (const [number, text] of examples.entries()) {
      writeFileSync(join(folder, 'example.ts'), text);
      run(folder, process.execPath, resolve('node_modules/ts7/bin/tsc'), ...flags, ...types, 'example.ts');
      expect(run(folder, process.execPath, 'example.js')).toMatch(prints[number]!);
    }

    const naming = filesBelow(installed).filter((path) => HOUSE.test(readFileSync(path, 'utf8')));
    expect(naming).toEqual([]);
  });
});
