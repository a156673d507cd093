/** Stable codes: `YH-POSTGRES-MISSING`: no binaries here; `YH-DATA-IN-USE`: another server runs on the folder; `YH-POSTGRES-FAILED`: all else. */
export type PostgresErrorCode = 'YH-POSTGRES-MISSING' | 'YH-DATA-IN-USE' | 'YH-POSTGRES-FAILED';

/** The embedded PostgreSQL could not be started. The message says what happened, why, and what to do. */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode;

  constructor(code: PostgresErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PostgresError';
    this.code = code;
  }
}
