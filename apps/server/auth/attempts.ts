/** Wrong keys and links that one address may try within `WINDOW_MS`. */
export const MAX_FAILURES = 20;
const WINDOW_MS = 60_000;
/** Addresses that are remembered; the oldest are forgotten. */
export const MAX_ADDRESSES = 10_000;

/** Counts failed attempts by address, so that guessing gets slow. Times are of a clock that nobody can set. */
export class Attempts {
  private readonly failures = new Map<string, { count: number; sinceMs: number }>();

  /** Seconds for which an address is not listened to; 0 when it is. */
  waitSeconds(address: string, steadyMs: number): number {
    const known = this.failures.get(address);
    if (!known || known.count < MAX_FAILURES || steadyMs - known.sinceMs >= WINDOW_MS) return 0;
    return Math.ceil((WINDOW_MS - (steadyMs - known.sinceMs)) / 1000);
  }

  failed(address: string, steadyMs: number): void {
    const known = this.failures.get(address);
    const current = known && steadyMs - known.sinceMs < WINDOW_MS ? known : { count: 0, sinceMs: steadyMs };
    current.count++;
    this.failures.delete(address);
    this.failures.set(address, current);
    for (const oldest of this.failures.keys()) {
      if (this.failures.size <= MAX_ADDRESSES) return;
      this.failures.delete(oldest);
    }
  }
}
