import { containerOf, RandomAccessFile, type InputFile } from '@yuheng/adapter-files';
import { capabilities } from '@yuheng/capabilities';
import {
  byteOrderMark,
  HEAD_BYTES,
  keepsLineFeed,
  readHead,
  recognise,
  type RandomAccess,
  type Source,
} from '@yuheng/engine';
import type { ReadOptions } from './setup.ts';

/** Files of so many bytes are divided. */
const LEAST_BYTES = 256 * 2 ** 20;
const PIECE_BYTES = 64 * 2 ** 20;

/**
 * A large file as pieces that threads can read beside each other, where its format lets it be divided; any other file as it is. How it is
 * divided never depends on how many threads there are, so that nothing that is found does.
 */
export async function* divide(
  file: InputFile,
  { encoding, maxRecordBytes }: Pick<ReadOptions, 'encoding' | 'maxRecordBytes'>,
  leastBytes = LEAST_BYTES,
  pieceBytes = PIECE_BYTES,
): AsyncGenerator<InputFile> {
  const opened = file.size < leastBytes ? undefined : await openFile(file);
  if (!opened) return yield file;
  try {
    const source = await sourceOf(opened, encoding);
    if (!source?.divide) return yield file;
    for await (const piece of source.divide(opened, { pieceBytes, maxRecordBytes })) {
      const size = Math.min(piece.to, file.size) - piece.from;
      yield size === file.size ? file : { ...file, size, piece: { ...piece, source: source.id } };
    }
  } finally {
    await opened.close();
  }
}

/** What cannot be opened or read is nothing here: who reads the file tells why. */
async function openFile({ path }: InputFile): Promise<(RandomAccess & { close(): Promise<void> }) | undefined> {
  const file = await RandomAccessFile.open(path, () => {}).catch(() => undefined);
  return (
    file && {
      size: file.size,
      read: (offset, length) => file.read(offset, length).catch(() => Buffer.alloc(0)),
      close: () => file.close(),
    }
  );
}

/** The source of a file that is neither packed nor in an encoding of its own, as its first bytes tell it. */
async function sourceOf(file: RandomAccess, encoding: string | undefined): Promise<Source | undefined> {
  const head = await file.read(0, HEAD_BYTES);
  const isPlain = !containerOf(head) && !byteOrderMark(head) && keepsLineFeed(encoding) && head.includes(10);
  return isPlain ? recognise(readHead(head, false, encoding), capabilities) : undefined;
}
