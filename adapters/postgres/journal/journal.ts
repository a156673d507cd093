import type {
  Batch,
  Journal,
  LedgerRow,
  NewBatch,
  Receipt,
  SettledBatch,
  StreamCheckpoint,
  StreamKey,
} from '@yuheng/engine';
import type { StreamState } from '@yuheng/engine';
import { inTransaction, type Database } from '../database.ts';
import { pack, unpack, type Packed } from './body.ts';
import { bookExpired, forgetExpiring, readExpiring } from './expiry.ts';
import { readLedger, rollUp } from './ledger.ts';
import { Partitions } from './partitions.ts';

/** Rows of one insert: parameters of a statement are bounded. */
const ROWS_PER_INSERT = 1_000;

/** A batch that is new, with its number. */
interface Numbered {
  readonly batch: NewBatch;
  readonly number: number;
}

/** Opens the journal of a database that is migrated. There is one writer to a journal. */
export async function openJournal(sql: Database): Promise<Journal> {
  const journal = new PostgresJournal(sql);
  await journal.load();
  return journal;
}

class PostgresJournal implements Journal {
  private readonly sql: Database;
  private readonly batches: Partitions;
  private readonly payloads: Partitions;
  /** Appends follow one another, so that numbers follow commits. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(sql: Database) {
    this.sql = sql;
    this.batches = new Partitions(sql, 'batch');
    this.payloads = new Partitions(sql, 'payload');
  }

  async load(): Promise<void> {
    await this.batches.load();
    await this.payloads.load();
  }

  append(batches: readonly NewBatch[]): Promise<readonly (Receipt | 'conflict')[]> {
    const appended = this.tail.then(() => this.commit(batches));
    this.tail = appended.catch(() => {});
    return appended;
  }

  async cursor(name: string): Promise<string | undefined> {
    const [row] = await this.sql<{ value: string }[]>`select value from cursor_of where name = ${name}`;
    return row?.value;
  }

  async pending(after: number, maxBytes: number, maxBatches: number): Promise<readonly Batch[]> {
    const rows = await this.sql<BatchRow[]>`
      select * from (
        select *, sum(bytes) over (order by number) - bytes as before from (
          select * from batch where not settled and number > ${after} order by number limit ${maxBatches}
        ) next
      ) pending join payload using (number) where before < ${maxBytes} order by number`;
    return Promise.all(rows.map(toBatch));
  }

  async backlog(): Promise<{ batches: number; bytes: number; last: number }> {
    const [row] = await this.sql<{ batches: number; bytes: number; last: number }[]>`
      select count(*) as batches, coalesce(sum(bytes), 0)::bigint as bytes, coalesce(max(number), 0) as last
      from batch where not settled`;
    return row!;
  }

  async stream({ tenant, source, file }: StreamKey): Promise<StreamState | undefined> {
    const [row] = await this.sql<{ state: StreamState }[]>`
      select state from stream where tenant = ${tenant} and source = ${source} and file = ${file}`;
    return row?.state;
  }

  async openStreams(): Promise<readonly StreamCheckpoint[]> {
    return this.sql<StreamCheckpoint[]>`select tenant, source, file, state from stream where open > 0`;
  }

  async settle(batches: readonly SettledBatch[], streams: readonly StreamCheckpoint[]): Promise<void> {
    const numbers = batches.map(({ number }) => number);
    await inTransaction(this.sql, async (transaction) => {
      await transaction`
        update batch set settled = true, stored = done.stored, unparsed = done.unparsed
        from unnest(${numbers}::bigint[], ${batches.map(({ stored }) => stored)}::int[], ${batches.map(({ unparsed }) => unparsed)}::int[])
          as done (number, stored, unparsed)
        where batch.number = done.number`;
      for (const { tenant, source, file, state } of streams)
        await transaction`
          insert into stream (tenant, source, file, state, open, updated_ms)
          values (${tenant}, ${source}, ${file}, ${transaction.json(state as never)}, ${state.open.length}, ${Date.now()})
          on conflict (tenant, source, file) do update set state = excluded.state, open = excluded.open, updated_ms = excluded.updated_ms`;
    });
    await this.dropSettled();
  }

  ledger(tenant?: string): Promise<readonly LedgerRow[]> {
    return readLedger(this.sql, tenant);
  }

  expired(day: number, counts: Parameters<Journal['expired']>[1]): Promise<void> {
    return bookExpired(this.sql, day, counts);
  }

  expiring(): Promise<readonly number[]> {
    return readExpiring(this.sql);
  }

  dropped(day: number): Promise<void> {
    return forgetExpiring(this.sql, day);
  }

  async rollUp(beforeMs: number): Promise<void> {
    await this.sql`delete from request where received_ms < ${beforeMs}`;
    for (const start of this.batches.below(await this.firstPending())) {
      if (!(await rollUp(this.sql, start, beforeMs))) return;
      await this.batches.drop(start);
    }
  }

  private async commit(batches: readonly NewBatch[]): Promise<(Receipt | 'conflict')[]> {
    const packed = await Promise.all(batches.map(({ body }) => pack(body)));
    const next = await this.nextNumber();
    await this.batches.makeRoom(next, next + batches.length);
    await this.payloads.makeRoom(next, next + batches.length);
    return inTransaction(this.sql, async (transaction) => {
      const requests = new Requests(transaction);
      await requests.load(batches);
      const fresh: (Numbered & { readonly packed: Packed })[] = [];
      const receipts = batches.map((batch, index): Receipt | 'conflict' => {
        const known = requests.known(batch);
        if (known) return known;
        const number = next + fresh.length;
        fresh.push({ batch, number, packed: packed[index]! });
        return requests.add(batch, number);
      });
      await transaction`update journal_number set next = ${next + fresh.length}`;
      for (let from = 0; from < fresh.length; from += ROWS_PER_INSERT)
        await insert(transaction, fresh.slice(from, from + ROWS_PER_INSERT));
      for (const { batch } of fresh) if (batch.cursor) await saveCursor(transaction, batch.cursor);
      await requests.save();
      return receipts;
    });
  }

  private async nextNumber(): Promise<number> {
    const [row] = await this.sql<{ next: number }[]>`select next from journal_number`;
    return row!.next;
  }

  /** The first number that is not settled; where all are, the next one. */
  private async firstPending(): Promise<number> {
    const [row] = await this.sql<{ first: number }[]>`
      select coalesce((select min(number) from batch where not settled), (select next from journal_number)) as first`;
    return row!.first;
  }

  private async dropSettled(): Promise<void> {
    // Only when a partition may have been completed: the newest one is still being filled.
    const first = await this.firstPending();
    for (const start of this.payloads.below(first)) await this.payloads.drop(start);
  }
}

/** Requests with a key of their sender's: the same key is the same request. */
class Requests {
  private readonly sql: Database;
  private readonly receipts = new Map<string, { readonly digest: string; readonly receipt: Receipt }>();
  private readonly fresh: Numbered[] = [];

  constructor(sql: Database) {
    this.sql = sql;
  }

  async load(batches: readonly NewBatch[]): Promise<void> {
    const keyed = batches.filter(({ key }) => key !== undefined);
    if (keyed.length === 0) return;
    const rows = await this.sql<RequestRow[]>`
      select request.* from request join unnest(
        ${keyed.map(({ tenant }) => tenant)}::text[], ${keyed.map(({ source }) => source)}::text[], ${keyed.map(({ key }) => key!)}::text[]
      ) as asked (tenant, source, key) using (tenant, source, key)`;
    for (const { digest, number, received, rejected, ...row } of rows)
      this.receipts.set(keyOf(row), { digest, receipt: { batch: number, received, rejected, repeated: true } });
  }

  known(batch: NewBatch): Receipt | 'conflict' | undefined {
    if (batch.key === undefined) return undefined;
    const found = this.receipts.get(keyOf(batch));
    if (!found) return undefined;
    return found.digest === batch.digest ? found.receipt : 'conflict';
  }

  add(batch: NewBatch, number: number): Receipt {
    const receipt = { batch: number, received: batch.received, rejected: batch.rejected, repeated: false };
    if (batch.key === undefined) return receipt;
    this.fresh.push({ batch, number });
    this.receipts.set(keyOf(batch), { digest: batch.digest, receipt: { ...receipt, repeated: true } });
    return receipt;
  }

  async save(): Promise<void> {
    const rows = this.fresh.map(({ batch, number }) => ({
      tenant: batch.tenant,
      source: batch.source,
      key: batch.key!,
      digest: batch.digest,
      number,
      received_ms: batch.receivedMs,
      received: batch.received,
      rejected: this.sql.json(batch.rejected as never),
    }));
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
      await this.sql`insert into request ${this.sql(rows.slice(from, from + ROWS_PER_INSERT))}`;
  }
}

interface RequestRow {
  readonly tenant: string;
  readonly source: string;
  readonly key: string;
  readonly digest: string;
  readonly number: number;
  readonly received: number;
  readonly rejected: { readonly [reason: string]: number };
}

function keyOf({
  tenant,
  source,
  key,
}: {
  readonly tenant: string;
  readonly source: string;
  readonly key?: string;
}): string {
  return JSON.stringify([tenant, source, key]);
}

async function saveCursor(sql: Database, { name, value }: NonNullable<NewBatch['cursor']>): Promise<void> {
  await sql`
    insert into cursor_of (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`;
}

async function insert(sql: Database, rows: readonly (Numbered & { readonly packed: Packed })[]): Promise<void> {
  await sql`insert into batch ${sql(
    rows.map(({ batch, number }) => ({
      number,
      tenant: batch.tenant,
      source: batch.source,
      format: batch.format,
      file: batch.file,
      first: batch.first ?? null,
      span: batch.span,
      year: batch.year ?? null,
      encoding: batch.encoding ?? null,
      max_record_bytes: batch.maxRecordBytes,
      last: batch.last,
      received_ms: batch.receivedMs,
      received: batch.received,
      rejected: sql.json(batch.rejected as never),
      bytes: batch.body.byteLength,
    })),
  )}`;
  await sql`insert into payload ${sql(rows.map(({ number, packed }) => ({ number, packed: packed.packed, body: packed.body })))}`;
}

interface BatchRow {
  readonly number: number;
  readonly tenant: string;
  readonly source: string;
  readonly format: string;
  readonly file: string;
  readonly first: number | null;
  readonly span: number;
  readonly year: number | null;
  readonly encoding: string | null;
  readonly max_record_bytes: number;
  readonly last: boolean;
  readonly received_ms: number;
  readonly received: number;
  readonly rejected: { readonly [reason: string]: number };
  readonly packed: boolean;
  readonly body: Buffer;
}

async function toBatch(row: BatchRow): Promise<Batch> {
  const { number, tenant, source, format, file, first, span, year, encoding, last, received, rejected } = row;
  return {
    number,
    tenant,
    source,
    digest: '',
    format,
    file,
    ...(first === null ? {} : { first }),
    span,
    ...(year === null ? {} : { year }),
    ...(encoding === null ? {} : { encoding }),
    maxRecordBytes: row.max_record_bytes,
    last,
    receivedMs: row.received_ms,
    received,
    rejected,
    body: await unpack({ packed: row.packed, body: row.body }),
  };
}
