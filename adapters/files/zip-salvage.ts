import { counted, type Budget } from './budget.ts';
import { ByteReader } from './byte-reader.ts';
import { failing } from './failing.ts';
import { inflateRaw } from './inflate.ts';
import { Loss } from './loss.ts';
import type { Member } from './member.ts';
import type { RandomAccessFile } from './source.ts';
import { findDescriptor } from './zip-descriptor.ts';
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
    if (method === STORED) return counted(this.stored(), this.budget);
    return failing(lost('unsupported', `its compression (method ${method}) is read by the directory only`));
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

  /** Content that nobody has read is read here, for a deflate stream alone knows its end. */
  private async findEnd(): Promise<void> {
    const { method, isEncrypted } = this.header;
    if (method === STORED || isEncrypted) this.end = await findDescriptor(this.file, this.start);
    else if (method === DEFLATED) await this.inflateUnread();
  }

  private async inflateUnread(): Promise<void> {
    try {
      for await (const chunk of this.inflate()) this.budget.unpack(chunk.length);
    } catch (error) {
      if (!(error instanceof Loss) || error.reason === 'too-large') throw error;
    }
  }

  private async *inflate(): AsyncGenerator<Uint8Array> {
    const packed = new ByteReader(this.packed(this.end));
    yield* inflateRaw(packed);
    this.end ??= this.start + packed.position;
  }

  private async *stored(): AsyncGenerator<Uint8Array> {
    this.end ??= await findDescriptor(this.file, this.start);
    yield* this.packed(this.end);
    if (this.end === undefined) throw lost('truncated', 'the archive ends before it does');
  }

  private async *packed(end = this.file.size): AsyncGenerator<Uint8Array> {
    for (let offset = this.start; offset < end;) {
      const chunk = await this.file.read(offset, Math.min(READ_BYTES, end - offset));
      if (chunk.length === 0) throw lost('truncated', 'the archive ends before it does');
      offset += chunk.length;
      yield chunk;
    }
  }
}

function lost(reason: 'encrypted' | 'unsupported' | 'truncated', why: string): Loss {
  return new Loss(
    reason,
    `It could not be read to its end: the zip archive has lost its directory, and ${why}. Copy the archive again from its source.`,
  );
}
