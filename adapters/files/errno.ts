interface Explanation {
  /** Stable word for the counts of files. */
  readonly reason: 'missing' | 'no-permission' | 'io';
  /** Stable code of `FileError`. */
  readonly code: FileErrorCode;
  readonly why: string;
  readonly todo: string;
}

/** Stable codes of what goes wrong with files. */
export type FileErrorCode =
  | 'YH-FILE-MISSING'
  | 'YH-FILE-NO-PERMISSION'
  | 'YH-FILE-NO-SPACE'
  | 'YH-FILE-IS-FOLDER'
  | 'YH-FILE-READ-ONLY'
  | 'YH-FILE-TOO-MANY-OPEN'
  | 'YH-FILE-READ-TWICE'
  | 'YH-FILE-IO';

const MISSING: Explanation = {
  reason: 'missing',
  code: 'YH-FILE-MISSING',
  why: 'there is no such file or folder',
  todo: 'Check the path, and that a link points to something that exists.',
};
const FORBIDDEN: Explanation = {
  reason: 'no-permission',
  code: 'YH-FILE-NO-PERMISSION',
  why: 'permission was denied',
  todo: 'Run as a user with access to it, or change its permissions.',
};
const FULL: Explanation = {
  reason: 'io',
  code: 'YH-FILE-NO-SPACE',
  why: 'there is no space left on the disk',
  todo: 'Free some space, or choose a folder on another disk (TMPDIR for temporary files).',
};
const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  ['ENOENT', MISSING],
  ['ENOTDIR', MISSING],
  ['EACCES', FORBIDDEN],
  ['EPERM', FORBIDDEN],
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  [
    'EISDIR',
    { reason: 'io', code: 'YH-FILE-IS-FOLDER', why: 'it is a folder', todo: 'Give the path of a file instead.' },
  ],
  [
    'EROFS',
    {
      reason: 'io',
      code: 'YH-FILE-READ-ONLY',
      why: 'the disk is mounted read-only',
      todo: 'Choose a folder on another disk.',
    },
  ],
  [
    'EMFILE',
    {
      reason: 'io',
      code: 'YH-FILE-TOO-MANY-OPEN',
      why: 'too many files are open',
      todo: 'Raise the limit of open files (ulimit -n).',
    },
  ],
  [
    'ELOOP',
    { reason: 'io', code: 'YH-FILE-IO', why: 'its links lead back to themselves', todo: 'Give the path of the file.' },
  ],
]);

/** The operating system's word for an error (`ENOENT`), where it is one of its. */
export function errnoOf(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error;
  return isSystemError && typeof error.code === 'string' ? error.code : undefined;
}

/** What an operating system's error means for a person. */
export function explainErrno(errno: string): Explanation {
  return (
    EXPLANATIONS.get(errno) ?? {
      reason: 'io',
      code: 'YH-FILE-IO',
      why: `the operating system reports ${errno}`,
      todo: 'Check the disk, or copy the file elsewhere and try again.',
    }
  );
}
