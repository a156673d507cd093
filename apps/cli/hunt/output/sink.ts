import type { PlacedFinding } from '@yuheng/engine';
import type { HuntResult } from '../run.ts';

/** Something that findings are written to, in order. */
export interface FindingSink {
  add(found: PlacedFinding): Promise<void>;
  /** All findings were given; the result has the incidents and the books. */
  end(result: HuntResult): Promise<void>;
  /** The hunt failed: nothing of it is left behind. */
  discard(): Promise<void>;
}
