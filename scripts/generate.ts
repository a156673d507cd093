import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { generate as generateAttack } from '../packages/attack/generate.ts';

// Writes all generated files anew. Those made from public data need YUHENG_CORPUS.

const root = process.cwd();
const corpus = resolve(process.env['YUHENG_CORPUS'] ?? '../shared/data');
if (existsSync(corpus)) generateAttack(corpus, root);
else console.error(`No corpus at ${corpus}: set YUHENG_CORPUS to write the tables that come from public data.`);
