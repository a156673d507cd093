import { errnoOf, explainErrno, type FileErrorCode } from './errno.ts';

/** A file could not be written or read. The message says what happened, why, and what to do. */
export class FileError extends Error {
  readonly code: FileErrorCode;

  /** `code` is stable: scripts may rely on it. */
  constructor(code: FileErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'FileError';
    this.code = code;
  }
}

/** An operating system's error in words; `what` begins the sentence ("findings.json could not be written"). Others stay as they are. */
export function toFileError(error: unknown, what: string): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  const { code, why, todo } = explainErrno(errno);
  return new FileError(code, `${what}: ${why}. ${todo}`, error);
}
