import { FileError } from './file-error.ts';
import { errnoOf, explainErrno } from './errno.ts';

/** Why a file, or the rest of one, could not be read. */
export type LossReason =
  'truncated' | 'damaged' | 'encrypted' | 'too-large' | 'too-deep' | 'unsupported' | 'missing' | 'no-permission' | 'io';

/** Thrown where bytes are lost; it travels up through all layers of packing to the file whose bytes they were. */
export class Loss extends Error {
  readonly reason: LossReason;

  /** `detail`: what happened, why, what to do. */
  constructor(reason: LossReason, detail: string) {
    super(detail);
    this.name = 'Loss';
    this.reason = reason;
  }
}

/** Whatever was thrown while a file was read, as a loss. Programming errors are no losses: they go on. */
export function toLoss(error: unknown): Loss {
  if (error instanceof Loss) return error;
  if (error instanceof FileError) return new Loss('io', error.message);
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  const { reason, why, todo } = explainErrno(errno);
  return new Loss(reason, `It could not be read: ${why}. ${todo}`);
}
