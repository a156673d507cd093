/** Whole numbers that the columns take: [least, most]. Times within the years 1 to 9999. */
const BOUNDS: { readonly [column: string]: readonly [number, number] } = {
  time: [-62_135_596_800_000, 253_402_300_799_999],
  received: [-62_135_596_800_000, 253_402_300_799_999],
  time_ns: [0, 999_999],
  class_uid: [0, 2 ** 32 - 1],
  severity_id: [0, 255],
  record: [0, Number.MAX_SAFE_INTEGER],
  records: [0, 2 ** 32 - 1],
  batch: [0, Number.MAX_SAFE_INTEGER],
  position: [0, 2 ** 32 - 1],
  revision: [0, Number.MAX_SAFE_INTEGER],
};

/**
 * Rows (NDJSON) that the engine can read, out of some that it refused: a log line may hold a time beyond all calendars (`1e22`) or half a
 * surrogate pair, and one such row must not keep its batch out for ever. Numbers become the nearest that their column takes, broken characters
 * U+FFFD; `raw_data`, `event` and `body` still say what came. `undefined` when nothing was to be mended.
 */
export function mendRows(rows: Uint8Array): Uint8Array | undefined {
  let mended = false;
  const lines = Buffer.from(rows)
    .toString('utf8')
    .split('\n')
    .map((line) => {
      if (line === '') return line;
      const text = JSON.stringify(mendRow(JSON.parse(line) as Row));
      mended ||= text !== line;
      return text;
    });
  return mended ? Buffer.from(lines.join('\n')) : undefined;
}

type Row = { readonly [column: string]: unknown };

function mendRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, mendValue(column, value)]));
}

function mendValue(column: string, value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  const bounds = BOUNDS[column];
  return typeof value === 'number' && bounds ? Math.min(Math.max(Math.trunc(value), bounds[0]), bounds[1]) : value;
}

/** Half surrogate pairs become U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
