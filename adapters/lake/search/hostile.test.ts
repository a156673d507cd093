import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchError, type Lake } from '@yuheng/engine';
import { openTestLake } from '../testing/open-lake.ts';
import { eventRow, ndjson } from '../testing/rows.ts';
import { fillTenants, MINE, SECRET } from '../testing/tenants.ts';

const IN_FILE = 'content-of-a-file-of-the-machine';
const files = mkdtempSync(join(tmpdir(), 'yuheng-hostile-'));
const file = join(files, 'private.csv');
writeFileSync(file, `a,b\n1,${IN_FILE}\n`);

let lake: Lake;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ lake, remove } = await openTestLake());
  await fillTenants(lake);
});
afterAll(async () => {
  await remove();
  rmSync(files, { recursive: true, force: true });
});

/** What a query gives or says, as one text. */
async function told(query: string): Promise<{ kind: string; text: string }> {
  try {
    return { kind: 'rows', text: JSON.stringify((await lake.search(MINE, query)).rows) };
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    return { kind: error.kind, text: error.message };
  }
}

async function expectSilent(query: string): Promise<string> {
  const { kind, text } = await told(query);
  const ours = query.includes('stored_events') ? [] : ['stored_events'];
  for (const secret of [SECRET, IN_FILE, 'root:x:', `"${hostname()}"`, ...ours]) expect(text).not.toContain(secret);
  return kind;
}

/** Stopped before it runs. */
const REFUSED: readonly string[] = [
  // Files, network and other processes.
  `SELECT file('${file}')`,
  `SELECT * FROM file('${file}')`,
  `SELECT * FROM file('${file}', 'CSV', 'a Int32, b String')`,
  `SELECT FILE('/etc/passwd')`,
  `SELECT (SELECT file('/etc/passwd'))`,
  `SELECT * FROM events WHERE raw_data = file('/etc/passwd')`,
  `SELECT count() FROM events GROUP BY file('/etc/passwd')`,
  `SELECT 1 ORDER BY file('/etc/passwd')`,
  `SELECT sum(length(file('/etc/passwd'))) OVER () FROM events`,
  `SELECT arrayMap(x -> file(x), ['/etc/passwd'])`,
  `SELECT arrayMap(file, ['/etc/passwd'])`,
  `SELECT arrayMap((file), ['/etc/passwd'])`,
  `SELECT arrayMap(\`file\`, ['/etc/passwd'])`,
  `SELECT arrayMap("file", ['/etc/passwd']) FROM events`,
  `SELECT arrayFold(file, ['/etc/passwd'], 'x')`,
  `SELECT arrayMap(FILE, ['/etc/passwd'])`,
  `SELECT * APPLY(file) FROM (SELECT '/etc/passwd' AS a)`,
  `SELECT * APPLY file FROM (SELECT '/etc/passwd' AS a)`,
  `SELECT COLUMNS('a') APPLY(file) FROM (SELECT '/etc/passwd' AS a)`,
  `SELECT COLUMNS('.*') FROM events`,
  `WITH x -> file(x) AS f SELECT f('/etc/passwd')`,
  `WITH x -> x AS f SELECT f('/etc/passwd')`,
  `SELECT * FROM \`${file}\``,
  `SELECT * FROM "/etc/passwd"`,
  `SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a String')`,
  `SELECT * FROM s3('http://127.0.0.1:1/b/k', 'CSV')`,
  `SELECT * FROM remote('127.0.0.1', 'system.one')`,
  `SELECT * FROM remoteSecure('127.0.0.1', 'system.one')`,
  `SELECT * FROM executable('id', 'TSV', 'a String')`,
  `SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')`,
  `SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')`,
  `SELECT * FROM sqlite('${file}', 'a')`,
  `SELECT * FROM python('a')`,
  `SELECT aiGenerate('a', 'b')`,
  `SELECT catboostEvaluate('/etc/passwd', 1)`,
  `SELECT addressToLine(1)`,
  // Tables of others.
  `SELECT * FROM stored_events`,
  `SELECT * FROM \`stored_events\``,
  `SELECT * FROM yuheng.stored_events`,
  `SELECT * FROM \`yuheng\`.\`stored_events\``,
  `SELECT * FROM yuheng.events`,
  `SELECT * FROM default.events`,
  `SELECT * FROM migrations`,
  `SELECT * FROM merge('yuheng', '.*')`,
  `SELECT * FROM merge('.*')`,
  `SELECT * FROM (SELECT * FROM (SELECT * FROM merge(currentDatabase(), 'stored.*')))`,
  `SELECT * FROM cluster('default', yuheng.stored_events)`,
  `SELECT * FROM loop(stored_events)`,
  `SELECT * FROM mergeTreeIndex(yuheng, stored_events)`,
  `SELECT * FROM view(SELECT * FROM stored_events)`,
  `SELECT * FROM viewIfPermitted(SELECT * FROM stored_events ELSE null('a String'))`,
  `SELECT * FROM input('a String')`,
  `SELECT * FROM numbers(10)`,
  `SELECT * FROM numbers_mt(10)`,
  `SELECT * FROM zeros(10)`,
  `SELECT * FROM generateRandom('a String')`,
  `SELECT * FROM generate_series(1, 10)`,
  `SELECT * FROM values('a String', 'x')`,
  `SELECT * FROM null('a String')`,
  `SELECT * FROM format(CSV, 'a')`,
  `SELECT * FROM dictionary('a')`,
  `SELECT * FROM fuzzQuery('SELECT 1')`,
  `SELECT * FROM events, numbers(3)`,
  `SELECT * FROM events JOIN stored_events AS s ON 1 = 1`,
  `SELECT * FROM events LEFT JOIN system.tables AS t ON 1 = 1`,
  `SELECT * FROM system.tables`,
  `SELECT * FROM SYSTEM.TABLES`,
  `SELECT * FROM information_schema.tables`,
  `SELECT * FROM INFORMATION_SCHEMA.COLUMNS`,
  `SELECT uid FROM events UNION ALL SELECT name FROM system.tables`,
  `SELECT uid FROM events UNION DISTINCT SELECT raw_data FROM stored_events`,
  `SELECT 'a' INTERSECT SELECT raw_data FROM stored_events`,
  `(SELECT uid FROM events) EXCEPT (SELECT uid FROM stored_events)`,
  `SELECT (SELECT groupArray(raw_data) FROM stored_events)`,
  `SELECT 1 WHERE 'x' IN (SELECT raw_data FROM stored_events)`,
  `SELECT 1 WHERE EXISTS (SELECT 1 FROM stored_events WHERE tenant != 'mine')`,
  `SELECT 1 IN system.one`,
  `SELECT 'x' IN stored_events`,
  `SELECT 'x' NOT IN yuheng.stored_events`,
  `SELECT 'x' GLOBAL IN stored_findings`,
  `SELECT in('x', stored_events)`,
  `SELECT nullIn('x', stored_events)`,
  `WITH events AS (SELECT * FROM stored_events) SELECT * FROM events`,
  `WITH events AS (SELECT 'other' AS tenant) SELECT * FROM events`,
  `WITH stored_events AS (SELECT * FROM stored_events) SELECT * FROM stored_events`,
  `WITH \`stored_events\` AS (SELECT * FROM stored_events) SELECT * FROM stored_events`,
  `WITH findings AS (SELECT 1) SELECT * FROM findings`,
  `WITH x AS (SELECT * FROM stored_events) SELECT * FROM x`,
  `WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n FROM x JOIN stored_events ON 1 = 1) SELECT * FROM x`,
  `WITH x AS (WITH y AS (SELECT * FROM system.one) SELECT * FROM y) SELECT * FROM x`,
  `SELECT joinGet('stored_events', 'raw_data', 1)`,
  `SELECT hasColumnInTable('yuheng', 'stored_events', 'raw_data')`,
  `SELECT dictGet('a', 'b', 1)`,
  `SELECT dictGetOrDefault('a', 'b', 1, 2)`,
  // Settings, clauses and parameters.
  `SELECT * FROM events SETTINGS max_execution_time = 0`,
  `SELECT * FROM (SELECT * FROM events SETTINGS additional_table_filters = {'stored_events': '1'})`,
  `SELECT * FROM (SELECT 1 SETTINGS readonly = 0)`,
  `WITH x AS (SELECT 1 AS a SETTINGS max_memory_usage = 0) SELECT * FROM x`,
  `SELECT 1 WHERE 1 IN (SELECT 1 SETTINGS max_threads = 64)`,
  `SELECT * FROM events SAMPLE 0.1`,
  `SELECT * FROM events WHERE uid = {uid:String}`,
  `SELECT * FROM {table:Identifier}`,
  // The machine, the engine, the session.
  `SELECT hostName()`,
  `SELECT hostname()`,
  `SELECT FQDN()`,
  `SELECT version()`,
  `SELECT buildId()`,
  `SELECT uptime()`,
  `SELECT currentUser()`,
  `SELECT user()`,
  `SELECT currentDatabase()`,
  `SELECT DATABASE()`,
  `SELECT currentRoles()`,
  `SELECT getSetting('readonly')`,
  `SELECT getServerSetting('path')`,
  `SELECT getMacro('a')`,
  `SELECT queryID()`,
  `SELECT serverUUID()`,
  `SELECT tcpPort()`,
  `SELECT filesystemAvailable()`,
  `SELECT globalVariable('version')`,
  `SELECT showCertificate()`,
  `SELECT connectionId()`,
  `SELECT zookeeperSessionUptime()`,
  `SELECT sleep(3)`,
  `SELECT sleepEachRow(1) FROM events`,
  `SELECT throwIf(1)`,
  `SELECT logTrace('a')`,
  `SELECT formatQuery('SELECT 1')`,
  `SELECT initializeAggregation('sum', 1)`,
  `SELECT sumState(1)`,
  `SELECT noSuchFunction(1)`,
  // More than one statement, and what tries to look like one.
  `SELECT 1; SELECT 2`,
  `SELECT 1; DROP TABLE stored_events`,
  `SELECT 1;;;/* */ -- x\n ; SELECT 2`,
  `SELECT @@version`,
  `SELECT $$a$$`,
  `SELECT 1 # a comment\n`,
];

/** No query at all in the place where it stands. */
const NOT_READ: readonly string[] = [
  ``,
  `   `,
  `-- only a comment`,
  `;`,
  `SELECT`,
  `SELECT 1)`,
  `SELECT exists(stored_events)`,
  `SELECT 1) UNION ALL (SELECT raw_data FROM stored_events`,
  `SELECT 1) FROM stored_events; SELECT (1`,
  `SELECT 1 /*`,
  `SELECT 1 /* a ) */)`,
  `SELECT '`,
  `SELECT 'a\\'`,
  `SELECT \`a`,
  `SELECT 1 AS \`a\nTableIdentifier events\``,
  `SELECT 1 AS "a (children 3)"`,
  `SELECT x'41\\' ; SELECT 2 --'`,
  `SELECT 'a'b''`,
  `SELECT (1]`,
  `SELECT \u2018a\u2019`,
  `SELECT \u201cuid\u201d FROM events`,
  `SELECT\u00a01`,
  `SELECT 1\0; SELECT 2`,
  `SELECT * FROM e\u0301vents`,
  `ＳＥＬＥＣＴ 1`,
  `SELECT * FROM events FORMAT CSV`,
  `SELECT * FROM events FORMAT Null`,
  `SELECT * FROM events INTO OUTFILE '${join(files, 'out.csv')}'`,
  `SELECT * FROM events INTO OUTFILE '${join(files, 'out.csv')}' FORMAT CSV`,
  `INSERT INTO events VALUES (1)`,
  `INSERT INTO FUNCTION file('${join(files, 'out.csv')}') SELECT 1`,
  `CREATE TABLE t (a Int32) ENGINE = Memory`,
  `DROP TABLE stored_events`,
  `ALTER TABLE stored_events DELETE WHERE 1`,
  `DELETE FROM stored_events WHERE 1`,
  `TRUNCATE TABLE stored_events`,
  `SYSTEM SHUTDOWN`,
  `USE system`,
  `SET readonly = 0`,
  `GRANT ALL ON *.* TO default`,
  `KILL QUERY WHERE 1`,
  `BACKUP TABLE stored_events TO File('x')`,
];

/** They may run or fail, if only they tell nothing. */
const HARMLESS: readonly string[] = [
  `EXPLAIN SELECT * FROM stored_events`,
  `EXPLAIN AST SELECT 1`,
  `SHOW TABLES`,
  `SHOW CREATE TABLE stored_events`,
  `DESCRIBE TABLE stored_events`,
  `SELECT * FROM (EXPLAIN SELECT * FROM stored_events)`,
  `SELECT * FROM (SHOW TABLES)`,
  `SELECT * FROM (DESCRIBE TABLE stored_events)`,
  `EXISTS TABLE stored_events`,
  `SELECT * FROM events FINAL`,
  `SELECT * FROM events PREWHERE tenant = 'other'`,
  `SELECT * FROM events WHERE tenant = 'other'`,
  `SELECT * FROM events WHERE tenant != 'mine' OR 1`,
  `SELECT * FROM events AS stored_events`,
  `SELECT stored_events.raw_data FROM events AS stored_events`,
  `SELECT tenant, count() FROM events GROUP BY tenant WITH TOTALS`,
  `SELECT * FROM findings WHERE NOT retracted OR 1`,
  `SELECT retracted FROM findings`,
  `SELECT _table, _part FROM events`,
  `SELECT _partition_id, _database FROM events`,
  `SELECT events.*, 'other' AS tenant FROM events WHERE tenant = 'other'`,
  `SELECT raw_data FROM (SELECT 'other' AS tenant) AS t JOIN events USING (tenant)`,
  `SELECT * FROM events AS a FULL JOIN events AS b ON a.tenant != b.tenant`,
  `SELECT * FROM events AS a CROSS JOIN events AS b WHERE b.tenant = 'other' LIMIT 10`,
  // Errors that would tell what stands in another's row.
  `SELECT count() FROM events WHERE toUInt64(raw_data) > 0`,
  `SELECT count() FROM events WHERE severity_id = 1 AND toDateTime(raw_data) > now()`,
  `SELECT count() FROM events WHERE toIPv4(host) > 0 AND record > 3`,
  `SELECT uid FROM events WHERE JSONExtract(event, 'a', 'UInt8') = 1 ORDER BY toUInt8(host) LIMIT 1`,
  `SELECT title FROM findings WHERE toUInt64(title) > 0`,
  `SELECT count() FROM events AS e JOIN findings AS f ON toString(toUInt64(e.raw_data)) = f.uid`,
];

const LIMITS: readonly (readonly [string, string])[] = [
  ['refused', `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`],
  ['refused', `SELECT '${'x'.repeat(1024 * 1024)}'`],
  ['refused', `SELECT ${'1,'.repeat(100_000)}1`],
  ['limit', `SELECT ${'NOT '.repeat(20_000)}1`],
  ['limit', 'SELECT length(arrayMap(x -> toString(x), range(400000000)))'],
];

describe('a hostile query', () => {
  it.each(REFUSED)('is refused: %s', async (query) => expect(await expectSilent(query)).toBe('refused'));
  it.each(NOT_READ)('is not read: %s', async (query) => expect(await expectSilent(query)).toBe('syntax'));
  it.each(HARMLESS)('tells nothing: %s', async (query) => expect(await expectSilent(query)).toBeTypeOf('string'));
  it.each(LIMITS.map(([kind, query]) => [kind, query.length > 99 ? `${query.slice(0, 99)}…` : query, query]))(
    'meets a bound (%s): %s',
    async (kind, _, query) => expect(await expectSilent(query)).toBe(kind),
  );

  it('names do not pass for lines of the engine’s reading', async () => {
    const { kind } = await told('SELECT 1 AS `Literal 1`, 2 AS `TableIdentifier system.tables`');
    expect(kind).toBe('rows');
  });

  it.each([
    'SELECT count() AS n FROM events WHERE toUInt64(uid) >= 0',
    'SELECT count() AS n FROM events WHERE intDiv(1000, toUInt64(uid) + 1) >= 0',
    'SELECT count() AS n FROM events WHERE toUInt64(uid) IN (SELECT toUInt64(arrayJoin(range(1000))))',
    "SELECT count() AS n FROM events WHERE time > '2000-01-01' AND toUInt64(uid) BETWEEN 0 AND 5000",
  ])('meets no key of another tenant in the index: %s', async (query) => {
    const rows = Array.from({ length: 40_000 }, (_, n) =>
      n % 2 === 0
        ? eventRow(n, { tenant: 'numbers', uid: String(n % 1000), batch: 9 })
        : eventRow(n, { tenant: n % 4 === 1 ? 'letters' : 'others', uid: `${SECRET}-${n}`, batch: 9 }),
    );
    await lake.insert(ndjson(rows), [9], true);
    const { rows: found } = await lake.search('numbers', query);
    expect(found).toEqual([{ n: '20000' }]);
  });

  it('leaves all as it was', async () => {
    const counts = (await lake.counts()).filter(({ tenant }) => [MINE, 'other'].includes(tenant));
    expect(counts.map(({ records }) => records)).toEqual([300, 300]);
    expect((await lake.search(MINE, 'SELECT count() AS n FROM events')).rows).toEqual([{ n: '300' }]);
  });
});
