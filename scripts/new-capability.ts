import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capabilityFiles } from './new/capability-files.ts';

// `npm run new <capability>`: a folder below capabilities/ that passes its tests, and its line in capabilities/index.ts.

const [id = ''] = process.argv.slice(2);
const folder = join('capabilities', id);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
  fail(`Give a name in lower case with hyphens, like "mail-log"; ${JSON.stringify(id)} is none.`);
else if (existsSync(folder)) fail(`${folder} is already there. Choose another name, or change that one.`);
else create();

function create(): void {
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  for (const [path, text] of Object.entries(capabilityFiles(id, name, randomUUID()))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const index = join('capabilities', 'index.ts');
  const text = readFileSync(index, 'utf8');
  const imported = `import { ${name} } from './${id}/capability.ts';\n`;
  writeFileSync(
    index,
    text.replace(/(\n\/\*\* All capabilities)/, `${imported}$1`).replace(/\];\s*$/, `, ${name}];\n`),
  );
  process.stdout.write(`Made ${folder}. Its tests: npx vitest run capabilities -t ${id}\n`);
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
