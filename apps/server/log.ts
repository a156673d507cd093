/** Where the server tells what happens: one JSON object a line. Secrets are never given to it. */
export interface Log {
  info(message: string): void;
  error(code: string, message: string): void;
}

/** Logs to a stream as NDJSON. Control characters are escaped by JSON, so a line stays one line. */
export function ndjsonLog(write: (line: string) => void): Log {
  const tell = (level: string, rest: object): void =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, ...rest })}\n`);
  return {
    info: (message) => tell('info', { message }),
    error: (code, message) => tell('error', { code, message }),
  };
}
