/** What a number of events showed of a bucket's comparisons and slots. */
export interface Sample {
  readonly events: number;
  /** By signal: the events in which it was found. */
  readonly frequency: Uint32Array;
  /** By slot: characters that were scanned. */
  readonly characters: Float64Array;
  /** By comparison: how often it was asked for. */
  readonly asked: Uint32Array;
}
