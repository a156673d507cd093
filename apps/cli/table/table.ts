import { displayWidth, folded, padded } from './display-width.ts';

/** A column of a table on a terminal. */
export interface Column {
  readonly head: string;
  /** Where its cells stand; numbers on the right. */
  readonly side: 'left' | 'right';
  /** Its cells are folded where there is little room, and other columns go before it gets less than this; others are never folded. */
  readonly least?: number;
  /** Columns go in this order where there is no room for all, the lowest first; those without stay. */
  readonly expendable?: number;
}

const GAP = '  ';

/** A table that fits so many columns: a head, a line, and each row with nothing between. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const kept = columnsThatFit(columns, rows, width);
  const widths = fittingWidths(kept, width);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padded(cell, widths[index]!, kept[index]!.column.side))
      .join(GAP)
      .trimEnd();
  const block = (row: readonly string[]): string[] => {
    const cells = kept.map(({ index }, place) => folded(row[index]!, widths[place]!, true));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => line(cells.map((lines) => lines[at] ?? '')));
  };
  return [
    line(kept.map(({ column }) => column.head)),
    '─'.repeat(widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1))),
    ...rows.flatMap(block),
  ];
}

interface Kept {
  readonly column: Column;
  readonly index: number;
  /** What its widest cell takes. */
  readonly natural: number;
}

/** All columns, without the most expendable ones where the others would be too narrow. */
function columnsThatFit(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): Kept[] {
  let kept = columns.map((column, index) => {
    const cells = [column.head, ...rows.map((row) => row[index]!)];
    return { column, index, natural: Math.max(...cells.map(displayWidth)) };
  });
  const needed = (): number => total(kept.map(leastWidth));
  for (;;) {
    const expendable = kept.filter(({ column }) => column.expendable !== undefined);
    if (needed() <= width || expendable.length === 0) return kept;
    const least = Math.min(...expendable.map(({ column }) => column.expendable!));
    kept = kept.filter(({ column }) => column.expendable !== least);
  }
}

/** What a column takes at least; its head is never folded. */
function leastWidth({ column: { head, least = Infinity }, natural }: Kept): number {
  return Math.min(natural, Math.max(least, displayWidth(head)));
}

/** Columns that can be folded share what the others leave, down to their heads; those with the most room give first. */
function fittingWidths(kept: readonly Kept[], width: number): number[] {
  const widths = kept.map(({ natural }) => natural);
  for (let over = total(widths) - width; over > 0; over--) {
    const room = kept.map(({ column: { head, least } }, at) =>
      least === undefined ? 0 : widths[at]! - displayWidth(head),
    );
    const giver = room.indexOf(Math.max(...room));
    if (room[giver]! <= 0) break;
    widths[giver]!--;
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1));
}
