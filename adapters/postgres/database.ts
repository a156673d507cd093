import postgres from 'postgres';

/** A pool of connections. Whole numbers come as numbers: none of ours is beyond 2^53. */
export type Database = postgres.Sql<{ bigint: number }>;

/** Where PostgreSQL listens: a URL, or what the embedded server says of itself. */
export type DatabaseAddress = string | postgres.Options<Record<string, never>>;

/** Connections at once. */
const CONNECTIONS = 6;

/** Opens a pool; nothing is connected until it is asked. */
export function openDatabase(address: DatabaseAddress, connections = CONNECTIONS): Database {
  surviveLostWrites();
  const options = {
    max: connections,
    onnotice: () => {},
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  };
  const sql =
    typeof address === 'string' ? postgres(address, options) : postgres({ ...(address as object), ...options });
  return sql as unknown as Database;
}

let surviving = false;

/**
 * postgres.js gathers what it sends until the next turn, and does not look whether the connection has gone meanwhile: killed at that moment, the
 * database would take the server with it. The queries concerned are rejected when the connection closes; the stray error says nothing more.
 */
function surviveLostWrites(): void {
  if (surviving) return;
  surviving = true;
  process.on('uncaughtException', (error: Error) => {
    const lost = error instanceof TypeError && /\bnextWrite\b/.test(error.stack ?? '');
    if (!lost) throw error;
  });
}

/** Runs work in one transaction. */
export function inTransaction<Result>(
  sql: Database,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  // The library's type of a transaction lacks what only a pool can do, which no work asks for.
  return sql.begin((transaction) => work(transaction as unknown as Database)) as Promise<Result>;
}

/** Runs work that may see and write rows of one tenant only. */
export function asTenant<Result>(
  sql: Database,
  tenant: string,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  return inTransaction(sql, async (transaction) => {
    await transaction`set local role yuheng_tenant`;
    await transaction`select set_config('yuheng.tenant', ${tenant}, true)`;
    return work(transaction);
  });
}
