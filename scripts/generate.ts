import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { attackTable } from '../packages/attack/generate.ts';
import { capabilityPages } from './generate/capability-pages.ts';
import { ocsfPage } from './generate/ocsf-page.ts';

// `npm run generate`: writes all generated files anew; with --check it only says which are stale. Tables made from public data need YUHENG_CORPUS.

const check = process.argv.includes('--check');
const corpus = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');

const files: { [path: string]: string } = { ...(await capabilityPages()) };
if (existsSync(corpus)) {
  files['packages/attack/src/generated/table.ts'] = attackTable(corpus);
  files['docs/reference/ocsf.md'] = ocsfPage(corpus);
} else
  process.stderr.write(
    `Not looked at: what comes from public data, for there is no corpus at ${corpus} (set YUHENG_CORPUS).\n`,
  );

const stale = Object.entries(files).filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
for (const [path, text] of stale) {
  if (check) process.stdout.write(`${path} is stale: run npm run generate.\n`);
  else writeFileSync(path, text);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;
