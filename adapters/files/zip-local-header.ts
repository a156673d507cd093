import { dosTimeMs } from './zip-time.ts';

/** Length of a local header without name and extra fields. */
export const LOCAL_HEADER_BYTES = 30;
const SIGNATURE = 0x04034b50;
const IN_ZIP64 = 0xffffffff;
const ZIP64_FIELD = 0x0001;
const UNIX_TIME_FIELD = 0x5455;
const ENCRYPTED_FLAG = 1;
const DESCRIPTOR_FLAG = 8;

/** What stands before each file in a zip archive (APPNOTE.TXT 4.3.7). */
export interface LocalHeader {
  /** Bytes from its beginning to the content. */
  readonly length: number;
  readonly name: string;
  readonly modifiedMs: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Bytes of the content in the archive; absent where they are told only after it. */
  readonly packedBytes?: number;
}

/** Reads the local header at the beginning of `bytes`; `undefined` where there is none, or not all of it. */
export function readLocalHeader(bytes: Buffer): LocalHeader | undefined {
  if (bytes.length < LOCAL_HEADER_BYTES || bytes.readUInt32LE(0) !== SIGNATURE) return undefined;
  const flags = bytes.readUInt16LE(6);
  const nameEnd = LOCAL_HEADER_BYTES + bytes.readUInt16LE(26);
  const length = nameEnd + bytes.readUInt16LE(28);
  if (bytes.length < length) return undefined;
  const extra = readExtraFields(bytes.subarray(nameEnd, length));
  const packedBytes = readPackedBytes(bytes.readUInt32LE(18), extra.get(ZIP64_FIELD));
  const isToldAfter = (flags & DESCRIPTOR_FLAG) !== 0 && packedBytes === 0;
  return {
    length,
    name: bytes.toString('utf8', LOCAL_HEADER_BYTES, nameEnd),
    modifiedMs: readUnixTime(extra.get(UNIX_TIME_FIELD)) ?? dosTimeMs(bytes.readUInt32LE(10)),
    method: bytes.readUInt16LE(8),
    isEncrypted: (flags & ENCRYPTED_FLAG) !== 0,
    ...(isToldAfter ? {} : { packedBytes }),
  };
}

/** Extra fields by their ids (APPNOTE.TXT 4.5.1). */
function readExtraFields(bytes: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let start = 0; start + 4 <= bytes.length;) {
    const end = start + 4 + bytes.readUInt16LE(start + 2);
    fields.set(bytes.readUInt16LE(start), bytes.subarray(start + 4, end));
    start = end;
  }
  return fields;
}

function readPackedBytes(size: number, zip64: Buffer | undefined): number {
  return size === IN_ZIP64 && zip64 && zip64.length >= 16 ? Number(zip64.readBigUInt64LE(8)) : size;
}

function readUnixTime(field: Buffer | undefined): number | undefined {
  const isModification = field && field.length >= 5 && (field[0]! & 1) !== 0;
  return isModification ? field.readInt32LE(1) * 1000 : undefined;
}
