import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expandFile, findFiles } from '@yuheng/adapter-files';
import type { SigmaSource } from '@yuheng/sigma';

/** Files below a folder by their ending, in order. */
export function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** All rules of SigmaHQ. */
export function sigmaHq(corpus: string): SigmaSource[] {
  return filesBelow(join(corpus, 'sigma'), /\.yml$/)
    .filter((file) => !file.endsWith('thor.yml'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

/** SigmaHQ's rules for Windows. */
export function windowsRules(corpus: string): SigmaSource[] {
  return sigmaHq(corpus).filter(({ text }) => /^\s+product: windows$/m.test(text));
}

/** The Windows JSON of OTRF, unpacked. */
export async function otrfFiles(corpus: string): Promise<{ name: string; content: Buffer }[]> {
  const { files } = await findFiles([
    join(corpus, 'otrf/atomic/windows'),
    join(corpus, 'otrf/compound/LSASS_campaign_03/metasploit_comsvcs_lsass_memory_dump.zip'),
  ]);
  const found: { name: string; content: Buffer }[] = [];
  for (const input of files) {
    for await (const file of expandFile(input, {})) {
      if ('reason' in file) continue;
      const chunks: Uint8Array[] = [];
      for await (const chunk of file.bytes()) chunks.push(chunk);
      if (chunks.length > 0) found.push({ name: file.name, content: Buffer.concat(chunks) });
    }
  }
  return found.filter(({ content }) => content[0] === 0x7b);
}

/** All event logs, unpacked. */
export function eventLogs(corpus: string): { name: string; content: Buffer }[] {
  return filesBelow(join(corpus, 'evtx'), /\.evtx(\.gz)?$/).map((name) => {
    const content = readFileSync(name);
    return { name, content: name.endsWith('.gz') ? gunzipSync(content) : content };
  });
}
