import type { ByteReader } from './byte-reader.ts';
import { failing } from './failing.ts';
import { Loss } from './loss.ts';
import type { Member } from './member.ts';
import { damagedTar, readPax, readTarHeader, readText, TAR_BLOCK, type TarHeader } from './tar-header.ts';

/** Paths and times are short: longer descriptions of a member were made to fill memory. */
export const MAX_DESCRIPTION_BYTES = 1024 * 1024;
const FILE_TYPES = '07';
/** Files with holes, whose content is stored in a way of its own; GNU's continued volumes. */
const UNSUPPORTED_TYPES = 'SM';
const FOLDER_TYPE = '5';

/** What headers before it say of the next member. */
interface Description {
  readonly pax: ReadonlyMap<string, string>;
  readonly longName?: string;
}

interface Entry {
  readonly header: TarHeader;
  readonly sparse: boolean;
}

/**
 * The files of a tar archive in their order: POSIX pax, ustar, GNU. Throws `Loss` where the archive breaks off.
 *
 * Our own reader, since tar-stream 3.2 drops what it holds of a member that is cut off, and never returns from a negative pax length.
 */
export async function* tarMembers(archive: ByteReader): AsyncGenerator<Member> {
  const globals = new Map<string, string>();
  for (let entry = await takeEntry(archive, globals); entry; entry = await takeEntry(archive, globals)) {
    const { name, type, size, modifiedMs } = entry.header;
    const content = new Content(archive, type === FOLDER_TYPE ? 0 : size);
    if (entry.sparse) yield { rawName: name, modifiedMs, bytes: () => failing(sparseTar()) };
    else if (FILE_TYPES.includes(type)) yield { rawName: name, modifiedMs, bytes: () => content.bytes() };
    await content.skip();
  }
}

/** The bytes of one member, and the padding after them. */
class Content {
  private readonly archive: ByteReader;
  private readonly padding: number;
  private left: number;

  constructor(archive: ByteReader, size: number) {
    this.archive = archive;
    this.left = size;
    this.padding = paddingOf(size);
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.archive.stream(this.left)) {
      this.left -= chunk.length;
      yield chunk;
    }
    if (this.left > 0) throw truncatedTar();
  }

  async skip(): Promise<void> {
    for await (const _ of this.archive.stream(this.left + this.padding));
  }
}

/** The next member with what the headers before it say; `undefined` at the end mark, or where the archive just ends. */
async function takeEntry(archive: ByteReader, globals: Map<string, string>): Promise<Entry | undefined> {
  let description: Description = { pax: new Map() };
  for (;;) {
    const block = await archive.take(TAR_BLOCK);
    if (block.length === 0 || block.every((byte) => byte === 0)) return undefined;
    if (block.length < TAR_BLOCK) throw truncatedTar();
    const header = readTarHeader(block);
    if (header.type === 'x') {
      description = { ...description, pax: readPax(await takeDescription(archive, header)) };
    } else if (header.type === 'L') {
      const data = await takeDescription(archive, header);
      description = { ...description, longName: readText(data, 0, data.length) };
    } else if (header.type === 'g') {
      for (const [key, value] of readPax(await takeDescription(archive, header))) globals.set(key, value);
    } else if (header.type === 'K') await takeDescription(archive, header);
    else return describe(header, description, globals);
  }
}

async function takeDescription(archive: ByteReader, { size }: TarHeader): Promise<Buffer> {
  if (size > MAX_DESCRIPTION_BYTES) throw damagedTar(`a header of ${size} bytes describes one member`);
  const data = await archive.take(size + paddingOf(size));
  if (data.length < size) throw truncatedTar();
  return data.subarray(0, size);
}

function describe(header: TarHeader, { pax, longName }: Description, globals: ReadonlyMap<string, string>): Entry {
  const value = (key: string): string | undefined => pax.get(key) ?? globals.get(key);
  const sparse =
    UNSUPPORTED_TYPES.includes(header.type) || [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
  const size = Number(value('size') ?? header.size);
  if (!Number.isSafeInteger(size) || size < 0) throw damagedTar('a header has no valid size');
  const name = value('path') ?? longName ?? header.name;
  const seconds = Number(value('mtime') ?? Number.NaN);
  return {
    header: { ...header, name, size, modifiedMs: Number.isNaN(seconds) ? header.modifiedMs : seconds * 1000 },
    sparse,
  };
}

function paddingOf(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

function sparseTar(): Loss {
  return new Loss(
    'unsupported',
    'It is stored as a file with holes, which is not read here. Unpack the archive yourself (tar -xf) and give the folder.',
  );
}

function truncatedTar(): Loss {
  return new Loss('truncated', 'The rest is missing: the tar archive ends too early. Copy it again from its source.');
}
