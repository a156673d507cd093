import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerRow, TestServer } from './run-server.ts';

/** What one round showed. */
export interface KillRound {
  readonly acknowledged: number;
  /** Acknowledged records that are not there. */
  readonly lost: readonly string[];
  /** Records that are there more than once. */
  readonly twice: readonly string[];
}

/** Senders at once, and records of one request. */
const SENDERS = 4;
const RECORDS = 20;

/** Sends without pause, kills the server and all of its processes after a while, starts it again, and looks for what it had acknowledged. */
export async function killRound(server: TestServer, source: string, afterMs: number): Promise<KillRound> {
  const acknowledged: string[] = [];
  let killed = false;
  const send = async (sender: number): Promise<void> => {
    for (let request = 0; !killed; request++) {
      const records = Array.from(
        { length: RECORDS },
        (_, index) => `Mar  1 02:00:00 host app[1]: ${source} ${sender} ${request} ${index}`,
      );
      const answer = await server.ingest(`${records.join('\n')}\n`, `?source=${source}`).catch(() => undefined);
      if (answer?.status === 200) acknowledged.push(...records);
      else await sleep(20);
    }
  };
  const senders = Array.from({ length: SENDERS }, (_, sender) => send(sender));
  while (acknowledged.length === 0) await sleep(5);
  await sleep(afterMs);
  await server.killGroup();
  killed = true;
  await Promise.all(senders);
  await server.up();
  await server.drained();
  const rows = await server.search(
    `select raw_data, count() as times from events where source = '${source}' group by raw_data limit 1000000`,
  );
  const times = new Map(rows.map((row) => [String(row['raw_data']), Number(row['times'])]));
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((record) => !times.has(record)),
    twice: [...times].filter(([, count]) => count > 1).map(([record]) => record),
  };
}

/** Sources for which received is not stored + pending + rejected. */
export function unbalanced(ledger: readonly LedgerRow[]): LedgerRow[] {
  return ledger.filter(({ received, stored, pending, rejected }) => {
    const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    return received !== stored + pending + refused || pending < 0;
  });
}
