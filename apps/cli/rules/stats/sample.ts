import type { Record } from '@yuheng/engine';

/** Records of one kind that are kept, and kinds that are told apart: what comes beyond only counts. */
export const KEPT_RECORDS = 256;
export const KEPT_KINDS = 1_000;

/** Records of one kind: how many there were, and the first of them. */
export interface SampledKind {
  count: number;
  readonly records: Record[];
}

/** The first records of each kind of an input. */
export class RecordSample {
  /** Records seen in all. */
  seen = 0;
  readonly kinds = new Map<string, SampledKind>();

  see(record: Record): void {
    this.seen++;
    let kind = this.kinds.get(record.kind);
    if (!kind) {
      if (this.kinds.size >= KEPT_KINDS) return;
      this.kinds.set(record.kind, (kind = { count: 0, records: [] }));
    }
    kind.count++;
    if (kind.records.length < KEPT_RECORDS) kind.records.push(detached(record));
  }
}

/** A record that no longer holds on to the bytes that it was read from. */
function detached({ origin, number, raw, fields, time, kind }: Record): Record {
  return { origin, number, raw, fields, time, kind };
}
