import {
  configure,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_EOCDR_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  Reader,
  ZipReader,
  type Entry,
  type FileEntry,
} from '@zip.js/zip.js';
import { counted, type Budget } from './budget.ts';
import { errnoOf } from './errno.ts';
import { Loss, toLoss } from './loss.ts';
import type { Member } from './member.ts';
import type { RandomAccessFile } from './source.ts';
import { entryBytes } from './zip-entry.ts';
import { salvagedMembers } from './zip-salvage.ts';
import { dosTimeMs } from './zip-time.ts';

/** Memory that a directory may take: more than two million entries with usual names. */
export const MAX_DIRECTORY_BYTES = 256 * 2 ** 20;

/** Bytes after the directory; zip.js would otherwise read all of the file at once to look for one. */
const MAX_APPENDED_BYTES = 1024 * 1024;
const MISSING_DIRECTORY =
  'its directory could not be read to the end, so files may be missing. Copy the archive again from its source.';

configure({ useWebWorkers: false });

/** The files of a zip archive by its directory; where that is lost, as far as the headers lead. Throws `Loss` for what is lost. */
export async function* zipMembers(file: RandomAccessFile, budget: Budget): AsyncGenerator<Member> {
  const options = { strictness: 'tolerant', maxAppendedDataSize: MAX_APPENDED_BYTES } as const;
  const reader = new ZipReader(new FileReader(file), options);
  let isDirectoryLost = true;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      isDirectoryLost = false;
      if (isFile(entry)) yield toMember(entry, budget);
    }
  } catch (error) {
    const loss = toDirectoryLoss(error);
    if (isDirectoryLost && (loss.reason === 'truncated' || loss.reason === 'damaged'))
      yield* salvagedMembers(file, budget);
    throw loss;
  }
}

function toMember(entry: FileEntry, budget: Budget): Member {
  const { filename: rawName } = entry;
  return { rawName, modifiedMs: modifiedMs(entry), bytes: () => counted(entryBytes(entry), budget) };
}

class FileReader extends Reader<RandomAccessFile> {
  private readonly file: RandomAccessFile;

  constructor(file: RandomAccessFile) {
    super(file);
    this.file = file;
    this.size = file.size;
  }

  override readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (Math.min(length, this.size - offset) > MAX_DIRECTORY_BYTES) {
      throw new Loss(
        'too-large',
        `It was not unpacked: its directory takes more than ${MAX_DIRECTORY_BYTES} bytes. Unpack the archive yourself and give the folder.`,
      );
    }
    return this.file.read(offset, length);
  }
}

function isFile(entry: Entry): entry is FileEntry {
  return !entry.directory && !entry.symlink;
}

function modifiedMs(entry: FileEntry): number {
  const exact = entry.extraFieldNTFS?.lastModDate ?? entry.extraFieldExtendedTimestamp?.lastModDate;
  return exact?.getTime() ?? dosTimeMs(Number(entry.rawLastModDate));
}

function toDirectoryLoss(error: unknown): Loss {
  if (error instanceof Loss || errnoOf(error) !== undefined || !(error instanceof Error)) return toLoss(error);
  switch (error.message) {
    case ERR_SPLIT_ZIP_FILE:
      return new Loss(
        'unsupported',
        'It is one part of a split zip archive. Join the parts (zip -s 0) and give the result.',
      );
    case ERR_ENCRYPTED_CENTRAL_DIRECTORY:
      return new Loss(
        'encrypted',
        'The directory of the zip archive is encrypted. Unpack it yourself and give the folder.',
      );
    case ERR_EOCDR_NOT_FOUND:
      return new Loss('truncated', `The zip archive is cut off: ${MISSING_DIRECTORY}`);
    default:
      return new Loss('damaged', `The zip archive is damaged (${error.message}): ${MISSING_DIRECTORY}`);
  }
}
