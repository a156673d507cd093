import type { Frame } from '../record.ts';
import type { YearState } from '../year.ts';

/** A frame that is kept for later: plain data. */
export type KeptFrame = Pick<Frame, 'number' | 'text' | 'value'>;

/** What a stream needs to go on where it stood. Plain data: it is kept with the journal and outlives the process. */
export interface StreamState {
  /** Id of the format. */
  readonly format: string;
  /** Number of the line or record that comes next. */
  readonly next: number;
  /** The latest header lines, which describe what follows. */
  readonly directives: readonly KeptFrame[];
  /** All frames since the oldest whose record is not complete. */
  readonly open: readonly KeptFrame[];
  readonly years?: YearState;
}

/** Header lines that a stream remembers. */
export const MAX_DIRECTIVES = 64;

/** Frames that a stream keeps open; what is open is given when there are more. */
export const MAX_OPEN_FRAMES = 4_096;
