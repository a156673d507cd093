/** Builds when the build is missing or older than the sources. */
export function ensureBuilt(): Promise<void>;
