/** Slips of typing, at most, by which a name may miss another; short names are another name sooner. */
const MAX_SLIPS = 2;
const LETTERS_PER_SLIP = 4;

/** The known name that was probably meant: the one with the fewest slips (a letter more, less, other, or two exchanged). */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let [found, least]: [string | undefined, number] = [
    undefined,
    Math.min(MAX_SLIPS, Math.floor(name.length / LETTERS_PER_SLIP)) + 1,
  ];
  for (const other of known) {
    if (Math.abs(other.length - name.length) >= least) continue;
    const slips = slipsBetween(name.toLowerCase(), other.toLowerCase());
    if (slips < least) [found, least] = [other, slips];
  }
  return found;
}

/** The optimal string alignment distance. */
function slipsBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const costs = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const exchanged =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      costs.push(
        Math.min(
          rows[row - 1]![column]! + 1,
          costs[column - 1]! + 1,
          rows[row - 1]![column - 1]! + (same ? 0 : 1),
          exchanged ? rows[row - 2]![column - 2]! + 1 : Infinity,
        ),
      );
    }
    rows.push(costs);
  }
  return rows.at(-1)!.at(-1)!;
}
