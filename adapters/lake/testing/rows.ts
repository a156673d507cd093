import type { LakeRow } from '@yuheng/engine';

/** Received on 2026-03-02. */
export const RECEIVED = Date.UTC(2026, 2, 2, 8);

/** An event row; `number` makes it differ from others. */
export function eventRow(number: number, given: Partial<LakeRow> = {}): LakeRow {
  return {
    tenant: 'default',
    uid: `uid-${number}`,
    time: Date.UTC(2026, 2, 1) + number * 1000,
    time_ns: 0,
    class_uid: 3002,
    severity_id: number % 6,
    source: 'linux-auth',
    file: 'auth.log',
    record: number,
    records: 1,
    host: `host-${number % 3}`,
    user: `user-${number % 5}`,
    address: `203.0.113.${number % 250}`,
    unparsed: '',
    raw_data: `Mar  1 00:00:00 host-${number % 3} sshd[${number}]: Failed password for user-${number % 5}`,
    event: JSON.stringify({
      class_uid: 3002,
      actor: { user: { name: `user-${number % 5}` } },
      src_endpoint: { port: number },
    }),
    batch: 1,
    received: RECEIVED,
    position: number,
    time_suspect: false,
    ...given,
  };
}

/** Rows as `insert` takes them. */
export function ndjson(rows: readonly LakeRow[]): Uint8Array {
  return Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
}
