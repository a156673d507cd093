import { ClickHouseError, ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { LakeError } from './lake-error.ts';

/** Deletions and merged inserts may be silent for long; a search ends by its own bound before. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Name and password. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A ClickHouse that is reached over HTTP. */
export interface ClickHouseTarget {
  readonly url: string;
  /** Tables are looked for here. */
  readonly database: string;
  /** For our own statements. */
  readonly writer: Login;
  /** For users' queries. */
  readonly reader: Login;
}

/**
 * ClickHouse over HTTP. Settings stand in the text of each statement, never beside it: an embedded engine keeps what it was once told for all
 * later statements of a connection. Throws `LakeError`; the engine's own errors are its `cause`.
 */
export class ClickHouse {
  readonly url: string;
  private readonly writer: ClickHouseClient;
  private readonly reader: ClickHouseClient;
  private functions: Promise<ReadonlySet<string>> | undefined;

  constructor({ url, database, writer, reader }: ClickHouseTarget) {
    const connect = ({ user, password }: Login): ClickHouseClient =>
      createClient({
        ...{ url, database, username: user, password },
        request_timeout: REQUEST_TIMEOUT_MS,
        log: { level: ClickHouseLogLevel.OFF },
      });
    this.url = url;
    this.writer = connect(writer);
    this.reader = connect(reader);
  }

  /** A statement without an answer. */
  async command(sql: string): Promise<void> {
    await explained(this.writer.command({ query: sql }));
  }

  /** Rows of one of our own queries. */
  async rows<Row>(sql: string): Promise<Row[]> {
    const result = await explained(this.writer.query({ query: sql, format: 'JSONEachRow' }));
    return explained(result.json<Row>());
  }

  /** `sql` ends with FORMAT …; `body` is in that format. */
  async insert(sql: string, body: Uint8Array): Promise<void> {
    const values = Readable.from([Buffer.from(body.buffer, body.byteOffset, body.byteLength)], { objectMode: false });
    const { stream } = await explained(this.writer.exec({ query: sql, values }));
    stream.resume();
  }

  /** Rows of a user's query as JSON texts, in portions, as they come; leaving the loop ends the query. */
  async *read(sql: string): AsyncGenerator<string[]> {
    const result = await explained(this.reader.query({ query: sql, format: 'JSONEachRow' }));
    try {
      for await (const rows of result.stream()) yield rows.map((row) => row.text);
    } catch (error) {
      throw toLakeError(error);
    } finally {
      result.close();
    }
  }

  /** The engine's own reading of a query: EXPLAIN AST, a node a line. Formats are not named: it would count as the query's. */
  async explain(query: string): Promise<string> {
    const { stream } = await explained(this.reader.exec({ query: `EXPLAIN AST ${query}` }));
    return explained(text(stream));
  }

  /** Whether the engine still answers in time. */
  async isAlive(withinMs: number): Promise<boolean> {
    const { success } = await this.reader.ping({ select: false, abort_signal: AbortSignal.timeout(withinMs) });
    return success;
  }

  /** Names of all functions of the engine, in small letters; asked once. */
  functionNames(): Promise<ReadonlySet<string>> {
    this.functions ??= this.rows<{ name: string }>('SELECT lower(name) AS name FROM system.functions').then(
      (rows) => new Set(rows.map(({ name }) => name)),
    );
    return this.functions;
  }

  async close(): Promise<void> {
    await Promise.all([this.writer.close(), this.reader.close()]);
  }
}

async function explained<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw toLakeError(error);
  }
}

/**
 * ClickHouse's errors (src/Common/ErrorCodes.cpp) that pass by themselves: TOO_MANY_SIMULTANEOUS_QUERIES, SOCKET_TIMEOUT, NETWORK_ERROR, NO_ZOOKEEPER,
 * TABLE_IS_READ_ONLY, TOO_MANY_PARTS, KEEPER_EXCEPTION.
 */
const PASSING = new Set(['202', '209', '210', '225', '242', '252', '999']);
/** NOT_ENOUGH_SPACE of ClickHouse, and what the system says when it was not seen in time. */
const FULL = { code: '243', message: /No space left on device/ };

function toLakeError(error: unknown): LakeError {
  const why = error instanceof Error ? error.message.trim() : String(error);
  if (!(error instanceof ClickHouseError) || PASSING.has(error.code)) {
    const what = why || 'the connection broke';
    return new LakeError('YH-LAKE-UNAVAILABLE', `The lake did not answer: ${what}. Try again.`, error);
  }
  if (error.code === FULL.code || FULL.message.test(why)) {
    const todo = 'What was acknowledged is kept. Free space there, or shorten the retention; it goes on by itself.';
    return new LakeError('YH-LAKE-FULL', `The lake's disk is full: ${why} ${todo}`, error);
  }
  return new LakeError(
    'YH-LAKE-FAILED',
    `The lake's engine refused: ${why} (${error.type}, code ${error.code})`,
    error,
  );
}
