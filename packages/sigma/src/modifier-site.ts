import type { CompileContext } from './context.ts';
import type { Path } from './problem.ts';

/** Where a modifier is applied, for its errors and its bounds. */
export interface ModifierSite {
  readonly name: string;
  readonly path: Path;
  readonly context: CompileContext;
  /** Modifiers that were applied before it. */
  readonly before: readonly string[];
  /** Whether the item has a field; keywords have none. */
  readonly hasField: boolean;
}
