import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Upstream, UpstreamSchema, UpstreamSource } from './upstream.ts';

/** Where the public data lies that the generator and the corpus tests read, seen from the repository's root. */
export const CORPUS = process.env['YUHENG_CORPUS'] ?? '../shared/data';

const SOURCE_FOLDERS = ['events', 'objects', 'profiles', 'extensions'];

/** Reads the corpus's `ocsf-schema`: `compiled-1.8.0.json.gz` and the source files beside it. */
export function readUpstream(): Upstream {
  const folder = join(CORPUS, 'ocsf-schema');
  const compiled = JSON.parse(
    gunzipSync(readFileSync(join(folder, 'compiled-1.8.0.json.gz'))).toString(),
  ) as UpstreamSchema;
  const paths = SOURCE_FOLDERS.flatMap((name) => jsonFiles(folder, name)).sort();
  const sources = new Map(
    paths.map((path) => [path, JSON.parse(readFileSync(join(folder, path), 'utf8')) as UpstreamSource] as const),
  );
  return { compiled, sources };
}

function jsonFiles(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    if (entry.isDirectory()) return jsonFiles(folder, path);
    return entry.name.endsWith('.json') ? [path] : [];
  });
}
