import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandFile, type ExpandOptions } from '../expand.ts';
import type { InputFile } from '../find.ts';

/** A folder for one test file; its real path. */
export function makeFolder(): { path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'files-test-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes an input file as `findFiles` would give it. */
export function inputFile(folder: string, name: string, bytes: Uint8Array | string): InputFile {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, name, size: Buffer.byteLength(bytes) };
}

/** All that an input file expands to, in order: `name: content`, or `name! reason`. */
export async function expanded(file: InputFile, options?: ExpandOptions): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of expandFile(file, options)) {
    lines.push('reason' in item ? `${item.name}! ${item.reason}` : `${item.name}: ${await textOf(item.bytes())}`);
  }
  return lines;
}

/** Bytes as text. */
export async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
