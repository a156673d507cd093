import type { Text } from '@yuheng/engine';

/** Statuses that the API answers with when it does not do what was asked. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 503;

/** Something that a caller has to know: what, why, what to do. Becomes problem+json (RFC 9457). */
export class ServerError extends Error {
  readonly status: ErrorStatus;
  /** Stable: `YH-…`. */
  readonly code: string;
  readonly text: Text;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: ErrorStatus, code: string, text: Text, retryAfterSeconds?: number) {
    super(text.en);
    this.status = status;
    this.code = code;
    this.text = text;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
