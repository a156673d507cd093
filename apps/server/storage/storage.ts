import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectLake, startLake, type ClickHouseAddress } from '@yuheng/adapter-lake';
import {
  migrate,
  openDatabase,
  openJournal,
  PostgresDirectory,
  PostgresFindings,
  PostgresMatches,
  PostgresNotices,
  PostgresSilence,
  PostgresTriage,
  type Database,
  type DatabaseAddress,
} from '@yuheng/adapter-postgres';
import type {
  Directory,
  FindingStore,
  Journal,
  Lake,
  MatchStore,
  NoticeStore,
  SilenceStore,
  TriageStore,
} from '@yuheng/engine';
import type { Log } from '../log.ts';
import { PostgresKeeper } from './postgres-keeper.ts';

/** Where things are kept. */
export interface StorageOptions {
  readonly dataFolder: string;
  /** A PostgreSQL of the operator's own; absent: the embedded one. */
  readonly postgresUrl?: string | undefined;
  /** A ClickHouse of the operator's own; absent: the embedded one. */
  readonly clickhouse?: ClickHouseAddress | undefined;
  /** The bundled program of the lake's process. */
  readonly lakeEntry: string;
}

/** State and journal. */
export interface StateStorage {
  readonly sql: Database;
  readonly address: DatabaseAddress;
  readonly directory: Directory;
  readonly findings: FindingStore;
  readonly matches: MatchStore;
  readonly notices: NoticeStore;
  readonly silence: SilenceStore;
  readonly triage: TriageStore;
  close(): Promise<void>;
}

/** Everything that is kept. */
export interface Storage extends StateStorage {
  readonly journal: Journal;
  readonly lake: Lake;
}

/** Opens the state alone: what the commands about tenants and keys need. */
export async function openState(
  options: Pick<StorageOptions, 'dataFolder' | 'postgresUrl'>,
  log: Log,
): Promise<StateStorage> {
  const { dataFolder, postgresUrl } = options;
  mkdirSync(dataFolder, { recursive: true });
  chmodSync(dataFolder, 0o700);
  const keeper = postgresUrl === undefined ? await PostgresKeeper.start(join(dataFolder, 'postgres'), log) : undefined;
  const address = keeper?.address ?? postgresUrl!;
  try {
    const state = await connectState(address);
    return {
      ...state,
      async close() {
        await state.close();
        await keeper?.stop();
      },
    };
  } catch (error) {
    await keeper?.stop();
    throw error;
  }
}

/** State in a database that runs already. */
export async function connectState(address: DatabaseAddress): Promise<StateStorage> {
  const sql = openDatabase(address);
  await migrate(sql);
  return {
    sql,
    address,
    directory: new PostgresDirectory(sql),
    findings: new PostgresFindings(sql),
    matches: new PostgresMatches(sql),
    notices: new PostgresNotices(sql),
    silence: new PostgresSilence(sql),
    triage: new PostgresTriage(sql),
    close: () => sql.end({ timeout: 5 }),
  };
}

/** Opens all of it. */
export async function openStorage(options: StorageOptions, log: Log): Promise<Storage> {
  const { dataFolder, clickhouse, lakeEntry } = options;
  const state = await openState(options, log);
  try {
    const lake = clickhouse
      ? await connectLake(clickhouse)
      : await startLake({
          folder: join(dataFolder, 'lake'),
          entry: lakeEntry,
          log: (line) => log.info(`lake: ${line}`),
        });
    return {
      ...state,
      journal: await openJournal(state.sql),
      lake,
      async close() {
        await lake.close();
        await state.close();
      },
    };
  } catch (error) {
    await state.close();
    throw error;
  }
}
