import { counted, type Budget } from './budget.ts';
import { failing } from './failing.ts';
import { inflateRaw } from './inflate.ts';
import { Loss } from './loss.ts';
import type { Member } from './member.ts';
import type { RandomAccessFile } from './source.ts';
import { DEFLATED, STORED } from './zip-entry.ts';
import { LOCAL_HEADER_BYTES, readLocalHeader, type LocalHeader } from './zip-local-header.ts';

const READ_BYTES = 64 * 1024;
const MAX_NAME_AND_EXTRA_BYTES = 2 * 0xffff;
/** A data descriptor in its longest form: mark, CRC-32, two sizes of 64 bits. */
const MAX_DESCRIPTOR_BYTES = 24;
const LOCAL_HEADER_MARK = 'PK\u0003\u0004';

/**
 * The files of a zip archive that has lost its directory, by the headers before each of them, until one cannot be followed to the next.
 * Ends without an error: who calls it knows already that the archive is not whole.
 */
export async function* salvagedMembers(file: RandomAccessFile, budget: Budget): AsyncGenerator<Member> {
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const header = readLocalHeader(await file.read(offset, LOCAL_HEADER_BYTES + MAX_NAME_AND_EXTRA_BYTES));
    if (!header) return;
    const content = new SalvagedContent(file, header, offset + header.length, budget);
    const { name, modifiedMs } = header;
    if (!name.endsWith('/')) yield { rawName: name, modifiedMs, bytes: () => content.bytes() };
    offset = await content.nextOffset();
  }
}

class SalvagedContent {
  private readonly file: RandomAccessFile;
  private readonly header: LocalHeader;
  private readonly start: number;
  private readonly budget: Budget;
  /** Where the content ends, as soon as that is known. */
  private end: number | undefined;

  constructor(file: RandomAccessFile, header: LocalHeader, start: number, budget: Budget) {
    this.file = file;
    this.header = header;
    this.start = start;
    this.budget = budget;
    if (header.packedBytes !== undefined) this.end = start + header.packedBytes;
  }

  bytes(): AsyncIterable<Uint8Array> {
    const { method, isEncrypted } = this.header;
    if (isEncrypted) return failing(lost('encrypted', 'it is encrypted, which is read by the directory only'));
    if (method === DEFLATED) return counted(this.inflate(), this.budget);
    if (method === STORED && this.end !== undefined) return counted(this.packed(this.end), this.budget);
    return failing(lost('damaged', 'only the directory tells where it ends'));
  }

  /** Where the next header begins; `undefined` where nobody can tell. */
  async nextOffset(): Promise<number | undefined> {
    if (this.header.packedBytes !== undefined) return this.end;
    if (this.end === undefined) await this.findEnd();
    if (this.end === undefined) return undefined;
    const bytes = await this.file.read(this.end, MAX_DESCRIPTOR_BYTES + LOCAL_HEADER_MARK.length);
    const next = bytes.indexOf(LOCAL_HEADER_MARK, 0, 'latin1');
    return next < 0 ? undefined : this.end + next;
  }

  /** A deflate stream knows its own end: it is unpacked where nobody did that. What stops it, stops the salvage too. */
  private async findEnd(): Promise<void> {
    if (this.header.method !== DEFLATED || this.header.isEncrypted) return;
    try {
      for await (const chunk of this.inflate()) this.budget.unpack(chunk.length);
    } catch (error) {
      if (!(error instanceof Loss) || error.reason === 'too-large') throw error;
    }
  }

  private inflate(): AsyncGenerator<Uint8Array> {
    return inflateRaw(this.packed(this.end ?? this.file.size), (packedBytes) => {
      this.end ??= this.start + packedBytes;
    });
  }

  private async *packed(end: number): AsyncGenerator<Uint8Array> {
    for (let offset = this.start; offset < end;) {
      const chunk = await this.file.read(offset, Math.min(READ_BYTES, end - offset));
      if (chunk.length === 0) throw lost('truncated', 'the archive ends before it does');
      offset += chunk.length;
      yield chunk;
    }
  }
}

function lost(reason: 'encrypted' | 'damaged' | 'truncated', why: string): Loss {
  return new Loss(
    reason,
    `It could not be read to its end: the zip archive has lost its directory, and ${why}. Copy the archive again from its source.`,
  );
}
