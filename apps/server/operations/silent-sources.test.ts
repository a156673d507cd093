import type { Journal, NewBatch } from '@yuheng/engine';
import { validate } from '@yuheng/ocsf';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate, openJournal, PostgresSilence } from '../../../adapters/postgres/index.ts';
import { MAX_KEPT } from '../../../adapters/postgres/state/silence.ts';
import { openTestDatabase, type TestDatabase } from '../../../adapters/postgres/testing.ts';
import { Changes } from '../changes.ts';
import { operationalFinding } from './operational-finding.ts';
import { GONE_MS, MAX_WATCHED, SilentSources, type WatchParts } from './silent-sources.ts';

const NOW = 1_772_330_400_000;
const HOUR_MS = 3_600_000;
const log = { info: () => {}, error: () => {} };

let database: TestDatabase;
let journal: Journal;
let store: PostgresSilence;
beforeEach(async () => {
  database = await openTestDatabase();
  await migrate(database.sql);
  journal = await openJournal(database.sql);
  store = new PostgresSilence(database.sql);
}, 60_000);
afterEach(() => database.close());

const receive = (source: string, receivedMs: number, received = 1): Promise<unknown> => {
  const about = { tenant: 'a', digest: '', format: '', file: '', span: 1, maxRecordBytes: 9, last: true };
  const batch: NewBatch = { ...about, source, receivedMs, received, rejected: {}, body: Buffer.from('x') };
  return journal.append([batch]);
};
const watch = async (steadyMs: number, change: Partial<WatchParts> = {}, nowMs = NOW): Promise<SilentSources> => {
  const policy = {
    afterMs: HOUR_MS,
    sources: new Map([
      ['quiet', undefined],
      ['quick', 1_000],
    ]),
  };
  const parts = { policy, store, changes: new Changes(), log, isListening: () => true, ...change };
  const silentSources = new SilentSources(parts);
  await silentSources.prepare(nowMs, steadyMs);
  return silentSources;
};
const silent = async (): Promise<unknown[]> =>
  (await store.list('a', 100)).map(({ source, endedMs }) => [source, endedMs !== undefined]).sort();

it('raises one finding for a silence, and ends it when the source speaks again', async () => {
  const watcher = await watch(0);
  await receive('s', NOW);
  await watcher.look(0);
  await watcher.look(HOUR_MS - 1);
  expect(await silent()).toEqual([]);
  await watcher.look(HOUR_MS);
  await watcher.look(9 * HOUR_MS);
  expect(await silent()).toEqual([['s', false]]);
  await receive('s', NOW + 9 * HOUR_MS);
  await watcher.look(9 * HOUR_MS);
  expect(await silent()).toEqual([['s', true]]);
  await watcher.look(10 * HOUR_MS);
  expect(await silent()).toEqual([
    ['s', false],
    ['s', true],
  ]);
});

it('knows a silence again after a restart, and gives it the same id', async () => {
  await receive('s', NOW);
  await (await watch(0)).look(HOUR_MS);
  const [before] = await store.list('a', 9);
  await (await watch(0)).look(9 * HOUR_MS);
  expect(await store.list('a', 9)).toEqual([before]);
  await database.sql`delete from silence`;
  await (await watch(0)).look(HOUR_MS);
  expect((await store.list('a', 9)).map(({ uid }) => uid)).toEqual([before!.uid]);
});

it('takes the end of a stream for no word of its source', async () => {
  const watcher = await watch(0);
  await receive('s', NOW);
  await watcher.look(0);
  await receive('s', NOW + 5_000, 0);
  await watcher.look(HOUR_MS);
  expect(await silent()).toEqual([['s', false]]);
  await receive('s', NOW + HOUR_MS, 0);
  await watcher.look(HOUR_MS);
  expect(await silent()).toEqual([['s', false]]);
});

it('lets sources be silent that may, for as long as they may', async () => {
  const watcher = await watch(0);
  for (const source of ['quiet', 'quick', 's']) await receive(source, NOW);
  await watcher.look(0);
  await watcher.look(1_000);
  expect(await silent()).toEqual([['quick', false]]);
  await watcher.look(99 * HOUR_MS);
  expect(await silent()).toEqual([
    ['quick', false],
    ['s', false],
  ]);
});

it('neither raises nor ends a silence because a clock was set', async () => {
  const watcher = await watch(0);
  await receive('s', NOW);
  await receive('t', NOW);
  await watcher.look(0);
  await watcher.look(HOUR_MS);
  expect(await silent()).toHaveLength(2);
  // Set back by a day: t speaks, s stays silent.
  await receive('t', NOW - 24 * HOUR_MS);
  await watcher.look(HOUR_MS + 1);
  await watcher.look(2 * HOUR_MS);
  expect(await silent()).toEqual([
    ['s', false],
    ['t', true],
  ]);
  // Set forward: nobody falls silent for it.
  await receive('t', NOW + 48 * HOUR_MS);
  await watcher.look(2 * HOUR_MS + 1);
  await (await watch(0, {}, NOW + 24 * HOUR_MS)).look(HOUR_MS - 1);
  expect(await silent()).toHaveLength(2);
});

it('does not count a time in which the server did not listen', async () => {
  let listening = false;
  const watcher = await watch(0, { isListening: () => listening });
  await receive('s', NOW);
  await watcher.look(0);
  await watcher.look(5 * HOUR_MS);
  listening = true;
  await watcher.look(6 * HOUR_MS - 1);
  expect(await silent()).toEqual([]);
  await watcher.look(6 * HOUR_MS);
  expect(await silent()).toHaveLength(1);
});

it('counts on after a moment in which the server did not listen', async () => {
  let listening = true;
  const watcher = await watch(0, { isListening: () => listening });
  await receive('s', NOW);
  const minute = HOUR_MS / 60;
  for (let now = 0; now <= HOUR_MS; now += minute) {
    // Busy at one look in twenty: that much is not counted, and no more.
    listening = now % (20 * minute) !== minute;
    await watcher.look(now);
  }
  expect(await silent()).toEqual([]);
  listening = true;
  await watcher.look(HOUR_MS + 4 * minute);
  expect(await silent()).toHaveLength(1);
});

it('expects nothing of a source that has been away for a week', async () => {
  await receive('gone', NOW - GONE_MS);
  await receive('s', NOW - GONE_MS + 1);
  await (await watch(0)).look(HOUR_MS);
  expect(await silent()).toEqual([['s', false]]);
});

it('watches so many sources', async () => {
  const errors: string[] = [];
  const heard = Array.from({ length: MAX_WATCHED + 2 }, (_, n) => ({ tenant: 'a', source: `s${n}`, lastMs: NOW }));
  const raised: string[] = [];
  const crowd = {
    listen: async () => ({ heard: heard.splice(0), ended: [] }),
    speaking: async () => [],
    raise: async (silences: readonly { readonly source: string }[]) => {
      raised.push(...silences.map(({ source }) => source));
      return [];
    },
  };
  const parts = {
    store: crowd as unknown as PostgresSilence,
    log: { ...log, error: (_: string, m: string) => errors.push(m) },
  };
  const watcher = await watch(0, parts);
  heard.push(...Array.from({ length: MAX_WATCHED + 2 }, (_, n) => ({ tenant: 'a', source: `s${n}`, lastMs: NOW })));
  await watcher.look(0);
  await watcher.look(HOUR_MS);
  expect(raised).toHaveLength(MAX_WATCHED);
  expect(errors).toHaveLength(1);
});

it('keeps so many silences of a source, the latest', async () => {
  const about = { tenant: 'a', source: 's', sinceMs: NOW };
  const silences = Array.from({ length: MAX_KEPT + 2 }, (_, n) => ({ ...about, uid: `u${n}`, lastMs: NOW + n }));
  expect(await store.raise(silences)).toHaveLength(MAX_KEPT + 2);
  const kept = await store.list('a', 2 * MAX_KEPT);
  expect(kept).toHaveLength(MAX_KEPT);
  expect(kept.map(({ uid }) => uid)).not.toContain('u1');
});

it('tells of a silence as OCSF has it', async () => {
  const silence = { uid: 'u', tenant: 'a', source: 's', lastMs: NOW, sinceMs: NOW + HOUR_MS, revision: 1 };
  const open = operationalFinding(silence);
  const over = operationalFinding({ ...silence, endedMs: NOW + 2 * HOUR_MS });
  expect(validate(open)).toEqual([]);
  expect(validate(over)).toEqual([]);
  expect(open).toMatchObject({
    severity: 'Medium',
    time: NOW + HOUR_MS,
    status: 'New',
    finding_info: { uid: 'u', title: 'Source s fell silent' },
    unmapped: { source: 's', last_received: NOW, since: NOW + HOUR_MS },
  });
  expect(over).toMatchObject({
    status: 'Resolved',
    end_time: NOW + 2 * HOUR_MS,
    unmapped: { ended: NOW + 2 * HOUR_MS },
  });
});
