// Writes src/generated from the OCSF schema in $YUHENG_CORPUS. Run by hand when the schema or the generator changes:
//   npx esbuild packages/ocsf/generate.ts --bundle --platform=node --format=esm --outfile=/tmp/generate.mjs && node /tmp/generate.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUpstream } from './generate/read.ts';
import { renderFiles } from './generate/render.ts';

for (const [name, text] of renderFiles(readUpstream())) {
  const path = join('packages/ocsf/src/generated', name);
  writeFileSync(path, text);
  console.info(`${path}: ${text.length} characters`);
}
