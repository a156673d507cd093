import type { Decided, PlacedFinding } from '@yuheng/engine';

/** Something that findings are written to, in order. */
export interface FindingSink {
  add(found: PlacedFinding): Promise<void>;
  /** All findings were given; `decided` has the incidents. */
  end(decided: Decided): Promise<void>;
  /** The hunt failed: nothing of it is left behind. */
  discard(): Promise<void>;
}
