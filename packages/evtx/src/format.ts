/** The first bytes of an event log file. */
export const FILE_SIGNATURE = 'ElfFile\0';
/** Bytes before the first chunk. Only the first 128 mean something. */
export const FILE_HEADER_SIZE = 4_096;

/** The first bytes of a chunk. */
export const CHUNK_SIGNATURE = 'ElfChnk\0';
/** Bytes of a chunk: header, records, unused space. */
export const CHUNK_SIZE = 65_536;
/** Bytes of a chunk before its first record. */
export const CHUNK_HEADER_SIZE = 512;

/** Bytes of either signature. */
const SIGNATURE_SIZE = 8;

/** Flags and checksum stand at the same place in a file header and in a chunk header. */
export const FLAGS_OFFSET = 120;
export const HEADER_CHECKSUM_OFFSET = 124;

/** Set in the flags of a file or a chunk whose checksums were never computed. */
export const NO_CHECKSUM_FLAG = 0x4;

/** The ASCII text of the `SIGNATURE_SIZE` bytes at `offset`. */
export function signatureAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + SIGNATURE_SIZE));
}
