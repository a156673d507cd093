/** A file as the engine reads it: unpacked, named, read once from its beginning. */
export interface LogFile {
  /** As it is named in findings: `/`-separated, `archive.zip!/member` inside an archive. */
  readonly name: string;
  /** Equal for files that lie together: the folder's path, inside an archive with the archive before it. */
  readonly folder: string;
  /** The file's own time (an archive member's where there is one), ms. Only dates without a year ask for it. */
  readonly modifiedMs: number;
  bytes(): AsyncIterable<Uint8Array>;
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
