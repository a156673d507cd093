/** Before the second attempt, and between two attempts at most, ms. */
export const FIRST_PAUSE_MS = 5_000;
export const LONGEST_PAUSE_MS = 3_600_000;
/** A notice is given up when its pauses would take longer altogether, ms. */
export const GIVE_UP_MS = 24 * 3_600_000;

/** The pause after so many failed attempts (from 1), ms: twice the one before. `undefined`: it is given up. */
export function pauseAfter(attempts: number): number | undefined {
  let pause = FIRST_PAUSE_MS;
  let all = pause;
  for (let attempt = 1; attempt < attempts && all <= GIVE_UP_MS; attempt++) {
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    all += pause;
  }
  return all > GIVE_UP_MS ? undefined : pause;
}
