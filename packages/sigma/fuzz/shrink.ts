/**
 * Leaves out of a list what it can be without: halves first, then smaller runs, then single ones.
 * `fails`: whether a list still shows what is looked for. It is asked at most `budget` times.
 */
export function shrink<T>(list: readonly T[], fails: (list: readonly T[]) => boolean, budget = 2_000): readonly T[] {
  let kept = list;
  let left = budget;
  for (let run = Math.ceil(list.length / 2); run >= 1; run = run === 1 ? 0 : Math.ceil(run / 2)) {
    for (let from = 0; from < kept.length && left > 0;) {
      const shorter = [...kept.slice(0, from), ...kept.slice(from + run)];
      left--;
      if (fails(shorter)) kept = shorter;
      else from += run;
    }
  }
  return kept;
}
