import type { Lake } from '@yuheng/engine';
import { ClickHouseLake } from './clickhouse-lake.ts';
import { ClickHouse } from './clickhouse.ts';
import { LakeChild, type LakeOptions } from './lake-child.ts';
import { SEARCH_LIMITS, type SearchLimits } from './search/search.ts';

/** A ClickHouse of the operator's own. */
export interface ClickHouseAddress {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Has to exist; the tables are made in it. */
  readonly database: string;
}

/**
 * The embedded lake: the engine in a process of its own, which is started again whenever it dies; what was being written then is written
 * again. Throws `LakeError`.
 */
export async function startLake(options: LakeOptions, limits: SearchLimits = SEARCH_LIMITS): Promise<Lake> {
  return ClickHouseLake.open(await LakeChild.start(options), limits);
}

/** The lake in a ClickHouse that runs elsewhere. Throws `LakeError`. */
export async function connectLake(address: ClickHouseAddress, limits: SearchLimits = SEARCH_LIMITS): Promise<Lake> {
  const { url, user, password, database } = address;
  const login = { user, password };
  const clickhouse = new ClickHouse({ url, database, writer: login, reader: login });
  return ClickHouseLake.open({ get: async () => clickhouse, close: () => clickhouse.close() }, limits);
}
