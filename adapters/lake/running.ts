import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lake } from '@yuheng/engine';
import { READER, WRITER } from './child/messages.ts';
import { ClickHouseLake } from './clickhouse-lake.ts';
import { ClickHouse } from './clickhouse.ts';
import { SEARCH_LIMITS } from './search/search.ts';

/** Lies in the lake's folder, which is its owner's alone. */
const NOTE = 'yuheng-address.json';
/** A process that was killed leaves its note behind. */
const ANSWER_MS = 5_000;

/** How to reach an embedded engine from another process of the same owner. */
export interface LakeNote {
  readonly port: number;
  readonly token: string;
  readonly database: string;
}

/** The client of an embedded engine. */
export function clickHouseOf({ port, token, database }: LakeNote): ClickHouse {
  const login = (user: string): { user: string; password: string } => ({ user, password: token });
  return new ClickHouse({ url: `http://127.0.0.1:${port}`, database, writer: login(WRITER), reader: login(READER) });
}

/** Tells other processes where the engine listens; whole or not at all. */
export function writeLakeNote(folder: string, note: LakeNote): void {
  const path = join(folder, NOTE);
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function removeLakeNote(folder: string): void {
  rmSync(join(folder, NOTE), { force: true });
}

/** The embedded lake that another process runs on a folder; `undefined` when none answers. Closing it leaves that process alone. */
export async function runningLake(folder: string): Promise<Lake | undefined> {
  const note = readNote(folder);
  if (!note) return undefined;
  const clickhouse = clickHouseOf(note);
  const close = (): Promise<void> => clickhouse.close();
  if (await clickhouse.isAlive(ANSWER_MS))
    return ClickHouseLake.open({ get: async () => clickhouse, close }, SEARCH_LIMITS);
  await close();
  return undefined;
}

function readNote(folder: string): LakeNote | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, NOTE), 'utf8')) as LakeNote;
  } catch {
    return undefined;
  }
}
