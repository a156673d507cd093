/** A part of a file that is read by itself, and gives what it gives as a part of the whole. */
export interface FilePiece {
  /** Its first byte. */
  readonly from: number;
  /** The first byte behind it; none for the last one. */
  readonly to: number;
  /** How many lines come before it; in formats without lines, records. */
  readonly before: number;
}

/** A part of a file whose source is known. */
export interface KnownPiece extends FilePiece {
  /** A source's id. */
  readonly source: string;
}

/** A file as the engine reads it: unpacked, named, read once from its beginning. */
export interface LogFile {
  /** As it is named in findings: `/`-separated, `archive.zip!/member` inside an archive. */
  readonly name: string;
  /** Equal for files that lie together: the folder's path, inside an archive with the archive before it. */
  readonly folder: string;
  /** The file's own time (an archive member's where there is one), ms. Only dates without a year ask for it. */
  readonly modifiedMs: number;
  /** The part of the file that `bytes` give, where it is not all of it. */
  readonly piece?: KnownPiece;
  bytes(): AsyncIterable<Uint8Array>;
}

/** A file on disk that is read here and there. */
export interface RandomAccess {
  /** Bytes. */
  readonly size: number;
  /** The bytes from an offset on; fewer only at the end. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** A file, or part of one, that could not be opened. */
export interface UnreadableFile {
  readonly name: string;
  /** Stable word for the counts. */
  readonly reason: string;
  /** What, why, what to do. */
  readonly detail: string;
}

/** Where sorted runs go when they outgrow memory. */
export interface Spill {
  /** Writes one run of lines. */
  write(lines: Iterable<string>): Promise<SpilledRun>;
  /** Removes all runs. */
  clear(): Promise<void>;
}

/** A run of lines that was written, in its order. */
export interface SpilledRun {
  lines(): AsyncIterable<string>;
}
