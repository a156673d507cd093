import { useLayoutEffect, useState, type RefObject } from 'react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';

/** Rows drawn beyond those in sight, so that the next one can be focused. */
const OVERSCAN = 20;

/** The rows of a long table that are drawn, and how much room the others take. */
export interface RowsInSight {
  readonly indexes: readonly number[];
  /** Heights above and below the drawn rows, px. */
  readonly before: number;
  readonly after: number;
  /** To be given to each row as `ref`, with its number in `data-index`. */
  readonly measure: (row: Element | null) => void;
}

/** Draws of a table that scrolls with the window only what is in sight. `keyOf` names a row, so that its height is remembered. */
export function useRowsInSight(
  table: RefObject<HTMLElement | null>,
  count: number,
  keyOf: (index: number) => string,
  estimate: number,
): RowsInSight {
  const [scrollMargin, setMargin] = useState(0);
  useLayoutEffect(() => {
    setMargin((table.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [table, count]);
  const rows = useWindowVirtualizer({
    count,
    estimateSize: () => estimate,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    scrollMargin,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1);
  return {
    indexes: drawn.map(({ index }) => index),
    before: Math.max(0, (drawn[0]?.start ?? scrollMargin) - scrollMargin),
    after: last ? Math.max(0, rows.getTotalSize() - (last.end - scrollMargin)) : 0,
    measure: rows.measureElement,
  };
}
