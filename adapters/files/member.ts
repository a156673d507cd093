/** A file in an archive, as its archive tells it. Members come one after the other: the bytes of one are gone when the next is asked for. */
export interface Member {
  /** As it stands in the archive: hostile, to be cleaned. */
  readonly rawName: string;
  readonly modifiedMs: number;
  /** Read once. Throws `Loss` after all bytes that could be read. */
  bytes(): AsyncIterable<Uint8Array>;
}
