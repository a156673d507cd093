/** A stretch of a file that could not be read, or that was read although it contradicts itself. */
export interface EvtxLoss {
  /** Where the stretch begins, in bytes from the start of the file. */
  readonly offset: number;
  /** Its length in bytes. */
  readonly length: number;
  /** What was being read: `record 17: value type at 0x2f3`, `chunk header checksum`. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  /** Records lost with it, at least: 0 where everything was read all the same (a wrong checksum, say). */
  readonly records: number;
}
