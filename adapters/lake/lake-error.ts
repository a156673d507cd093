/**
 * Stable codes: `YH-LAKE-MISSING`: no engine is installed here; `YH-DATA-IN-USE`: another process holds the folder; `YH-LAKE-UNAVAILABLE`: it
 * does not answer (just now); `YH-LAKE-CLOSED`: this process closed it; `YH-LAKE-NEWER`: a newer Yuheng wrote it;
 * `YH-LAKE-FULL`: its disk is full; `YH-LAKE-FAILED`: it answered with another error.
 */
export type LakeErrorCode =
  | 'YH-LAKE-MISSING'
  | 'YH-DATA-IN-USE'
  | 'YH-LAKE-UNAVAILABLE'
  | 'YH-LAKE-CLOSED'
  | 'YH-LAKE-NEWER'
  | 'YH-LAKE-FULL'
  | 'YH-LAKE-FAILED';

/** The lake could not be opened, read or written. The message says what happened, why, and what to do. */
export class LakeError extends Error {
  readonly code: LakeErrorCode;

  constructor(code: LakeErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'LakeError';
    this.code = code;
  }

  /** The same request may well work in a moment. */
  get retryable(): boolean {
    return this.code === 'YH-LAKE-UNAVAILABLE';
  }
}
