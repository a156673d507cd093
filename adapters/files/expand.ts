import { posix, sep } from 'node:path';
import type { KnownPiece, LogFile, UnreadableFile } from '@yuheng/engine';
import { Budget, counted, DEFAULT_LIMITS, type Limits } from './budget.ts';
import { ByteReader } from './byte-reader.ts';
import { COMPRESSED_ENDING, containerOf, MAGIC_BYTES } from './container.ts';
import { FileError } from './file-error.ts';
import type { InputFile } from './find.ts';
import { gunzip } from './gzip.ts';
import { Loss, toLoss } from './loss.ts';
import { isMacNote, NOTE_BYTES } from './mac-notes.ts';
import { MemberNames } from './member-names.ts';
import type { Member } from './member.ts';
import { fileBytes, modifiedMs, RandomAccessFile } from './source.ts';
import { spooled } from './spool.ts';
import { tarMembers } from './tar.ts';
import { unzstd } from './zstd.ts';

/** How many archives may lie in each other. */
export const MAX_DEPTH = 3;

/** Bounds of unpacking, and who is told of the progress. */
export interface ExpandOptions extends Partial<Limits> {
  /** Told how many bytes of the input file were read since it was told last; never more than its size in all. */
  readonly onBytes?: (packedBytes: number) => void;
}

type Expanded = LogFile | UnreadableFile;

/** A file on its way through the layers of packing. */
interface Content {
  readonly reader: ByteReader;
  /** Its name as a file of its own: without `.gz` when it came out of one. */
  readonly inner: string;
  /** Its name as an archive: with `.gz`. */
  readonly outer: string;
  /** Its path, or the path of the archive and its own in there: what `folder` is made of. */
  readonly place: string;
  readonly modifiedMs: number;
  /** Archives around it, and second compressions. */
  readonly depth: number;
  /** It was unpacked by a compression just now. */
  readonly unwrapped: boolean;
  /** The file on disk whose bytes these are. */
  readonly path?: string;
  readonly piece?: KnownPiece | undefined;
}

/**
 * The log files in an input file: itself, or what it holds when it is packed (gzip, zstd, tar, zip; told by content, never by name).
 *
 * Archives may lie in each other `MAX_DEPTH` deep; a compression counts as a level only when it wraps another compression. Each `LogFile`
 * must be read, or left, before the next one is asked for, and `bytes()` may be called once. Where bytes are lost, `bytes()` ends early and
 * an `UnreadableFile` of that name follows. When a bound is crossed, all the rest of this input file is given up with one of them.
 * Temporary files and descriptors are gone when the iteration ends, in whichever way.
 */
export async function* expandFile(file: InputFile, options: ExpandOptions = {}): AsyncGenerator<Expanded> {
  const { onBytes, ...limits } = options;
  const budget = new Budget({ ...DEFAULT_LIMITS, ...limits }, file.size, onBytes);
  yield* new Expansion(budget).expand(topContent(file, budget));
}

class Expansion {
  private readonly budget: Budget;
  /** One error shows in each layer that it passes; it is told by the innermost. */
  private readonly told = new Set<unknown>();

  constructor(budget: Budget) {
    this.budget = budget;
  }

  async *expand(content: Content): AsyncGenerator<Expanded> {
    let name = content.unwrapped ? content.inner : content.outer;
    try {
      const container = content.piece ? undefined : containerOf(await content.reader.peek(MAGIC_BYTES));
      if (container === 'gzip' || container === 'zstd') yield* this.expand(this.unwrap(container, content));
      else if (container) yield* this.expandArchive(container, content, (name = content.outer));
      else yield* this.leaf(content, name);
    } catch (error) {
      yield* this.tell(name, error);
    } finally {
      await content.reader.close();
    }
  }

  private unwrap(container: 'gzip' | 'zstd', content: Content): Content {
    const depth = content.unwrapped ? content.depth + 1 : content.depth;
    if (depth > MAX_DEPTH) throw tooDeep();
    const packed = content.reader.stream();
    const bytes = container === 'gzip' ? gunzip(packed) : unzstd(packed);
    const { inner, outer, place, modifiedMs } = content;
    return {
      inner,
      outer,
      place,
      modifiedMs,
      depth,
      unwrapped: true,
      reader: new ByteReader(counted(bytes, this.budget)),
    };
  }

  private async *expandArchive(container: 'tar' | 'zip', content: Content, name: string): AsyncGenerator<Expanded> {
    if (content.depth >= MAX_DEPTH) throw tooDeep();
    const { path, reader } = content;
    if (container === 'tar') yield* this.expandMembers(content, name, tarMembers(reader));
    else if (path !== undefined) yield* this.expandZip(content, name, path, (bytes) => this.budget.read(bytes));
    else yield* spooled(reader.stream(), (spool) => this.expandZip(content, name, spool, () => {}));
  }

  private async *expandZip(
    content: Content,
    name: string,
    path: string,
    onRead: (bytes: number) => void,
  ): AsyncGenerator<Expanded> {
    // Its library takes longer to load than most of a hunt's other code, and few hunts meet an archive.
    const { zipMembers } = await import('./zip.ts');
    const file = await RandomAccessFile.open(path, onRead);
    try {
      yield* this.expandMembers(content, name, zipMembers(file, this.budget));
    } finally {
      await file.close();
    }
  }

  private async *expandMembers(
    archive: Content,
    name: string,
    members: AsyncIterable<Member>,
  ): AsyncGenerator<Expanded> {
    const names = new MemberNames();
    for await (const { rawName, modifiedMs, bytes } of members) {
      this.budget.member();
      const { inner, outer } = names.claim(rawName);
      yield* this.expand({
        reader: new ByteReader(bytes()),
        inner: `${name}!/${inner}`,
        outer: `${name}!/${outer}`,
        place: `${archive.place}!/${outer}`,
        modifiedMs,
        depth: archive.depth + 1,
        unwrapped: false,
      });
      if (this.budget.exceeded) return;
    }
  }

  private async *leaf({ reader, place, modifiedMs, piece }: Content, name: string): AsyncGenerator<Expanded> {
    const head = await reader.peek(NOTE_BYTES);
    if (head.length === 0) reader.throwFailure();
    if (isMacNote(name, head)) return;
    let lost: { readonly error: unknown } | undefined;
    let opened = false;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      if (opened) throw readTwice(name);
      opened = true;
      try {
        yield* reader.stream();
      } catch (error) {
        lost = { error };
      }
    }
    yield { name, folder: posix.dirname(place), modifiedMs, bytes, ...(piece ? { piece } : {}) };
    if (lost) yield* this.tell(name, lost.error);
  }

  private *tell(name: string, error: unknown): Generator<UnreadableFile> {
    if (this.told.has(error)) return;
    this.told.add(error);
    const { reason, message } = toLoss(error);
    yield { name, reason, detail: message };
  }
}

function topContent({ path, name, piece }: InputFile, budget: Budget): Content {
  const reader = new ByteReader(fileBytes(path, budget, piece));
  const [ending = ''] = COMPRESSED_ENDING.exec(path) ?? [];
  const outer = name.endsWith(ending) ? name : name + ending;
  const place = path.replaceAll(sep, '/');
  const modified = modifiedMs(path);
  return { reader, inner: name, outer, place, modifiedMs: modified, depth: 0, unwrapped: false, path, piece };
}

function tooDeep(): Loss {
  return new Loss(
    'too-deep',
    `It was not unpacked: archives lie in each other more than ${MAX_DEPTH} deep. Unpack the outer ones yourself and give the folder.`,
  );
}

function readTwice(name: string): FileError {
  return new FileError(
    'YH-FILE-READ-TWICE',
    `${name} was read already: a file's bytes come only once. Expand its input file again.`,
  );
}
