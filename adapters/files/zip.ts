import {
  configure,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_SPLIT_ZIP_FILE,
  Reader,
  ZipReader,
  type Entry,
  type FileEntry,
} from '@zip.js/zip.js';
import { counted, type Budget } from './budget.ts';
import { errnoOf } from './errno.ts';
import { Loss } from './loss.ts';
import type { Member } from './member.ts';
import type { RandomAccessFile } from './source.ts';
import { entryBytes } from './zip-entry.ts';
import { dosTimeMs } from './zip-time.ts';

/** Memory that a directory may take: more than two million entries with usual names. */
export const MAX_DIRECTORY_BYTES = 256 * 2 ** 20;

configure({ useWebWorkers: false });

/** The files of a zip archive by its directory. Throws `Loss` where it has none that can be read. */
export async function* zipMembers(file: RandomAccessFile, budget: Budget): AsyncGenerator<Member> {
  const reader = new ZipReader(new FileReader(file), { strictness: 'tolerant' });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (!isFile(entry)) continue;
      const bytes = (): AsyncIterable<Uint8Array> => counted(entryBytes(entry), budget);
      yield { rawName: entry.filename, modifiedMs: modifiedMs(entry), bytes };
    }
  } catch (error) {
    throw toDirectoryLoss(error);
  }
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

function toDirectoryLoss(error: unknown): unknown {
  if (error instanceof Loss || errnoOf(error) !== undefined || !(error instanceof Error)) return error;
  if (error.message === ERR_SPLIT_ZIP_FILE) {
    return new Loss(
      'unsupported',
      'It is one part of a split zip archive. Join the parts (zip -s 0) and give the result.',
    );
  }
  if (error.message === ERR_ENCRYPTED_CENTRAL_DIRECTORY) {
    return new Loss(
      'encrypted',
      'The directory of the zip archive is encrypted. Unpack it yourself and give the folder.',
    );
  }
  return new Loss(
    'damaged',
    `The zip archive's directory at its end is missing or damaged (${error.message}). Copy the archive again from its source.`,
  );
}
