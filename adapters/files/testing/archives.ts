import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import { pack } from 'tar-stream';

configure({ useWebWorkers: false });

/** Name and content of an archive's member; a member without content is a folder. */
export type Packed = readonly [name: string, content?: string | Uint8Array];

/** All samples are as old as this. */
export const PACKED_AT = new Date(Date.UTC(2024, 2, 9, 10, 11, 12));

/** A zip archive. */
export async function zipOf(members: readonly Packed[], options: ZipWriterAddDataOptions = {}): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, content] of members) {
    const settings = { lastModDate: PACKED_AT, useWebWorkers: false, ...options };
    if (content === undefined) await writer.add(name, undefined, { ...settings, directory: true });
    else await writer.add(name, new Uint8ArrayReader(bytesOf(content)), settings);
  }
  return Buffer.from(await writer.close());
}

/** A tar archive. */
export async function tarOf(members: readonly Packed[]): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of members) {
    if (content === undefined) archive.entry({ name, type: 'directory', mtime: PACKED_AT });
    else archive.entry({ name, mtime: PACKED_AT }, Buffer.from(bytesOf(content)));
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A zstd frame of raw blocks, with a window of 1 KiB × 2^`windowLog` (RFC 8878, 3.1.1). */
export function zstdOf(content: string | Uint8Array, windowLog = 10): Buffer {
  const bytes = Buffer.from(bytesOf(content));
  const blockBytes = Math.min(128 * 1024, 2 ** (10 + windowLog));
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowLog << 3])];
  for (let start = 0; start === 0 || start < bytes.length; start += blockBytes) {
    const block = bytes.subarray(start, start + blockBytes);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (start + blockBytes >= bytes.length ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
