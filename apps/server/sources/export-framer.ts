/** Whole entries of a journal, and the cursor of the last one. */
export interface WholeEntries {
  readonly body: Buffer;
  readonly cursor: string | undefined;
}

const CURSOR = '__CURSOR=';

/**
 * Finds where entries end in the Journal Export Format: at an empty line between fields. Fields with binary content have their length before
 * them (8 bytes, little endian), and may hold anything.
 */
export class ExportFramer {
  private rest: Buffer = Buffer.alloc(0);

  /** The entries that are whole now. */
  push(chunk: Buffer): WholeEntries {
    const bytes = Buffer.concat([this.rest, chunk]);
    let end = 0;
    let cursor: string | undefined;
    let found: string | undefined;
    for (let at = 0; at < bytes.length;) {
      const feed = bytes.indexOf(10, at);
      if (feed < 0) break;
      if (feed === at) {
        end = at = feed + 1;
        cursor = found ?? cursor;
        continue;
      }
      const line = bytes.subarray(at, feed);
      if (line.includes(0x3d)) {
        const text = line.toString('latin1');
        if (text.startsWith(CURSOR)) found = text.slice(CURSOR.length);
        at = feed + 1;
      } else {
        if (bytes.length < feed + 9) break;
        at = feed + 1 + 8 + Number(bytes.readBigUInt64LE(feed + 1)) + 1;
      }
    }
    this.rest = Buffer.from(bytes.subarray(end));
    return { body: bytes.subarray(0, end), cursor };
  }
}
