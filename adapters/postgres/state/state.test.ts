import type { KeptFinding, MatchedEvent, Order } from '@yuheng/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTenant } from '../database.ts';
import { migrate, MIGRATIONS, NewerDatabase } from '../migrations/migrate.ts';
import { openTestDatabase, WAYS, type TestDatabase } from '../testing.ts';
import { PostgresDirectory } from './directory.ts';
import { PostgresFindings } from './findings.ts';
import { PostgresMatches } from './matches.ts';

const orderOf = (ms: number, uid: string): Order => ({ ms, ns: 0, source: 's', file: 'f', number: 1, uid });

const findingOf = (uid: string, ms: number, body = `{"uid":"${uid}"}`): KeptFinding => ({
  uid,
  order: orderOf(ms, uid),
  severityId: 3,
  title: uid,
  rule: 'r',
  body,
});

const matchOf = (tenant: string, uid: string, ms: number): MatchedEvent =>
  ({
    ...orderOf(ms, uid),
    rules: ['r'],
    event: { metadata: { tenant_uid: tenant, uid } },
    because: {},
    places: [],
    fields: { text: 'NUL \u0000 and half \ud800 of a pair' },
  }) as unknown as MatchedEvent;

describe.each(WAYS)('state in PostgreSQL, by %s', (way) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(way);
    for (let count = 1; count <= MIGRATIONS.length; count++) {
      await migrate(database.sql, MIGRATIONS.slice(0, count));
      const done = await database.sql`select number from migration`;
      expect(done).toHaveLength(count);
    }
    await migrate(database.sql);
  }, 60_000);
  afterAll(() => database.close());

  it('refuses a database of a later version', async () => {
    await database.sql`insert into migration (number) values (9999)`;
    await expect(migrate(database.sql)).rejects.toThrow(NewerDatabase);
    await database.sql`delete from migration where number = 9999`;
  });

  it('knows tenants and keys; a sign-in link works once and not after its time', async () => {
    const directory = new PostgresDirectory(database.sql);
    expect([await directory.addTenant('a'), await directory.addTenant('a'), await directory.addTenant('b')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(await directory.tenants()).toEqual(['a', 'b']);
    await directory.addKey({ id: 'k', tenant: 'a', secretHash: 'h', scopes: ['ingest', 'read'] });
    expect(await directory.findKey('k')).toEqual({ id: 'k', tenant: 'a', secretHash: 'h', scopes: ['ingest', 'read'] });
    expect(await directory.findKey('other')).toBeUndefined();
    await directory.addSignIn({ tenant: 'a', secretHash: 'once', expiresMs: 1_000 });
    expect(await directory.takeSignIn('once', 999)).toMatchObject({ tenant: 'a' });
    expect(await directory.takeSignIn('once', 999)).toBeUndefined();
    await directory.addSignIn({ tenant: 'a', secretHash: 'late', expiresMs: 1_000 });
    expect(await directory.takeSignIn('late', 1_001)).toBeUndefined();
    await directory.addSession({ tenant: 'b', secretHash: 'session', expiresMs: 1_000 });
    expect(await directory.findSession('session', 1_000)).toMatchObject({ tenant: 'b' });
    expect(await directory.findSession('session', 1_001)).toBeUndefined();
    await directory.endSession('session');
    expect(await directory.findSession('session', 0)).toBeUndefined();
  });

  it('keeps matches as a set, in order, whatever they hold', async () => {
    const matches = new PostgresMatches(database.sql);
    const all = [3, 1, 2, 2].map((ms, index) => matchOf('a', `e${index}`, ms));
    await matches.addMatches(all);
    await matches.addMatches([all[0]!, matchOf('b', 'e0', 9)]);
    const read: MatchedEvent[] = [];
    for await (const some of matches.matches('a', 1, 3)) read.push(...some);
    expect(read.map(({ uid }) => uid)).toEqual(['e1', 'e2', 'e3']);
    expect(read[0]!.fields['text']).toBe('NUL \u0000 and half \ud800 of a pair');
    expect((await matches.findEach('a', ['e2', 'none'])).map(({ uid, ms }) => [uid, ms])).toEqual([['e2', 2]]);
    expect((await matches.findEach('b', ['e0', 'e2'])).map(({ uid, ms }) => [uid, ms])).toEqual([['e0', 9]]);
    const news = await matches.matchesSince('a', 0);
    expect(news).toMatchObject({ earliestMs: 1, latestMs: 3 });
    expect(await matches.matchesSince('a', news!.sequence)).toBeUndefined();
  });

  it('gives many matches of one millisecond together, and finds the quiet before a stretch', async () => {
    const matches = new PostgresMatches(database.sql);
    await matches.addMatches(
      Array.from({ length: 4_500 }, (_, index) => matchOf('c', `e${index}`, index < 4_000 ? 50_000 : 50_001 + index)),
    );
    const sizes: number[] = [];
    for await (const some of matches.matches('c', 0, 1e6)) sizes.push(some.length);
    expect(sizes).toEqual([4_000, 500]);
    await matches.addMatches([matchOf('c', 'far', 900_000)]);
    expect(await matches.quietBefore('c', 950_000, 100_000)).toBe(900_000);
    expect(await matches.quietBefore('c', 60_000, 100_000)).toBe(50_000);
    expect(await matches.quietBefore('c', 10, 100_000)).toBe(10);
  });

  it('lists what stands, page by page, and gives a new revision only to what changed', async () => {
    const findings = new PostgresFindings(database.sql);
    const nothing = {
      findings: [],
      incidents: [],
      retractedFindings: [],
      retractedIncidents: [],
      concludedMs: 5,
      sequence: 1,
    };
    await findings.revise('a', { ...nothing, findings: [findingOf('y', 20), findingOf('x', 10), findingOf('z', 30)] });
    expect(await findings.mark('a')).toEqual({ concludedMs: 5, sequence: 1 });
    const first = await findings.list('findings', 'a', { limit: 2 });
    expect(first.map(({ uid }) => uid)).toEqual(['x', 'y']);
    const rest = await findings.list('findings', 'a', { limit: 2, after: first[1]!.order });
    expect(rest.map(({ uid }) => uid)).toEqual(['z']);
    const latest = await findings.list('findings', 'a', { limit: 2, descending: true });
    expect(latest.map(({ uid }) => uid)).toEqual(['z', 'y']);
    await findings.revise('a', {
      ...nothing,
      findings: [findingOf('x', 10), findingOf('y', 20, '{"grown":1}')],
      retractedFindings: ['z'],
    });
    const after = await findings.changes(
      'findings',
      Math.max(...[...first, ...rest].map(({ revision }) => revision)),
      10,
    );
    expect(after.map(({ uid, retracted }) => [uid, retracted])).toEqual([
      ['y', false],
      ['z', true],
    ]);
    expect(await findings.count('findings', 'a')).toBe(2);
    expect(await findings.find('findings', 'a', 'z')).toMatchObject({ retracted: true });
    expect(await findings.find('findings', 'b', 'x')).toBeUndefined();
    const each = await findings.findEach('a', ['z', 'none', 'x']);
    expect(each.map(({ uid }) => uid)).toEqual(['z', 'x']);
    expect(await findings.findEach('b', ['x'])).toEqual([]);
    expect(await findings.standingFindings('a', 20, 1_000)).toEqual(['y']);
    expect(await findings.standingIncidents('a', 20)).toEqual([]);
  });

  it('finds incidents by their words, in any case and literally', async () => {
    const findings = new PostgresFindings(database.sql);
    const named = (uid: string, words: string): KeptFinding => ({ ...findingOf(uid, 1), words });
    const incidents = [named('w1', 'log cleared\nweb01'), named('w2', 'login on 100%_x\\y'), named('w3', '登录 İ')];
    const rest = { findings: [], retractedFindings: [], retractedIncidents: [], concludedMs: 5, sequence: 1 };
    await findings.revise('w', { ...rest, incidents });
    const found = async (text: string): Promise<string[]> =>
      (await findings.list('incidents', 'w', { limit: 9, text })).map(({ uid }) => uid);
    expect(await Promise.all(['WEB01', '%_', 'X\\', '登录', 'lo', '%'].map(found))).toEqual([
      ['w1'],
      ['w2'],
      ['w2'],
      ['w3'],
      ['w1', 'w2'],
      ['w2'],
    ]);
    await findings.revise('w', { ...rest, incidents: [{ ...named('w1', 'grown'), body: '{"grown":1}' }] });
    expect(await found('grown')).toEqual(['w1']);
  });

  it("shows and takes no other tenant's rows where it acts for one", async () => {
    const seen = await asTenant(
      database.sql,
      'b',
      (sql) => sql<{ tenant: string }[]>`select distinct tenant from match`,
    );
    expect(seen.map(({ tenant }) => tenant)).toEqual(['b']);
    const others = asTenant(
      database.sql,
      'b',
      (sql) => sql`insert into audit (tenant, who, what, about) values ('a', 'x', 'x', 'x')`,
    );
    await expect(others).rejects.toThrow(/row-level security/);
    const tables = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant' and table_name !~ '_[0-9]+$'`;
    const open = await database.sql<{ relname: string }[]>`
      select relname from pg_class where relname in ${database.sql(tables.map(({ name }) => name))} and not relrowsecurity`;
    expect(open.map(({ relname }) => relname)).toEqual([]);
  });
});
