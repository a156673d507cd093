import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lake } from '@yuheng/engine';
import { openTestLake } from '../testing/open-lake.ts';
import { fillTenants, MINE } from '../testing/tenants.ts';

/** Clauses and forms of ClickHouse's SQL that the allow-lists have to let through: the query, how many rows it gives, and the first of them. */
const QUERIES: readonly (readonly [string, number, object])[] = [
  [
    `SELECT CASE user WHEN 'user-0' THEN 'zero' ELSE 'other' END AS u FROM events ORDER BY record LIMIT 1`,
    1,
    { u: 'zero' },
  ],
  ['SELECT * REPLACE (upper(host) AS host) FROM events ORDER BY record LIMIT 1', 1, { uid: 'uid-0', host: 'HOST-0' }],
  [
    'SELECT * EXCEPT (event), 1 AS one FROM events ORDER BY record LIMIT 1',
    1,
    { uid: 'uid-0', host: 'host-0', one: 1 },
  ],
  [
    'SELECT host, user, count() AS n FROM events GROUP BY GROUPING SETS ((host), (user)) ORDER BY n DESC, host, user LIMIT 1',
    1,
    { host: 'host-0', user: '', n: '100' },
  ],
  [
    'SELECT user, count() AS n FROM events GROUP BY CUBE (user) ORDER BY n DESC, user LIMIT 1',
    1,
    { user: '', n: '300' },
  ],
  [
    'SELECT toStartOfMinute(time) AS t, count() AS n FROM events GROUP BY t ORDER BY t WITH FILL STEP toIntervalSecond(30) INTERPOLATE (n AS n) LIMIT 2',
    2,
    { t: '2026-03-01 00:00:00', n: '30' },
  ],
  ['SELECT DISTINCT ON (host) host, uid FROM events ORDER BY record', 3, { host: 'host-0', uid: 'uid-0' }],
  ['SELECT EXTRACT(HOUR FROM time) AS h, count() AS n FROM events GROUP BY h', 1, { h: 0, n: '300' }],
  [
    `SELECT SUBSTRING(raw_data FROM 1 FOR 4) AS s, TRIM(BOTH ' ' FROM ' a ') AS t FROM events LIMIT 1`,
    1,
    { s: 'sshd', t: 'a' },
  ],
  [
    'SELECT DATE_ADD(DAY, 1, time) AS d, DATE_SUB(time, INTERVAL 1 HOUR) AS e FROM events ORDER BY record LIMIT 1',
    1,
    { d: '2026-03-02 00:00:00.000', e: '2026-02-28 23:00:00.000' },
  ],
  [
    'SELECT time + INTERVAL 1 DAY AS d, time - toIntervalHour(1) AS e FROM events ORDER BY record LIMIT 1',
    1,
    { d: '2026-03-02 00:00:00.000', e: '2026-02-28 23:00:00.000' },
  ],
  [
    'SELECT count(DISTINCT user) AS users, sum(DISTINCT severity_id) AS s, avg(severity_id) AS a FROM events',
    1,
    { users: '5', s: '6', a: 2 },
  ],
  [
    'SELECT first_value(user) IGNORE NULLS AS f, last_value(user) OVER (ORDER BY time) AS l FROM events GROUP BY time, user ORDER BY time LIMIT 1',
    1,
    { f: 'user-0', l: 'user-0' },
  ],
  [
    'SELECT event::JSON AS j, j.actor.user.name AS who FROM events ORDER BY record LIMIT 1',
    1,
    { j: { actor: { user: { name: 'user-0' } }, class_uid: '3002', src_endpoint: { port: '0' } }, who: 'user-0' },
  ],
  [`SELECT CAST(event, 'JSON').src_endpoint.port AS port FROM events ORDER BY record DESC LIMIT 1`, 1, { port: '598' }],
  [
    `SELECT user FROM events WHERE address IS NOT NULL AND host <> '' AND NOT (user = 'x') ORDER BY record LIMIT 1`,
    1,
    { user: 'user-0' },
  ],
  [
    'SELECT a.uid FROM events AS a SEMI JOIN events AS b ON a.uid = b.uid ORDER BY a.record LIMIT 1',
    1,
    { uid: 'uid-0' },
  ],
  [
    `SELECT uid FROM events WHERE (host, user) IN (('host-0', 'user-0'), ('host-1', 'user-1')) ORDER BY record LIMIT 1`,
    1,
    { uid: 'uid-0' },
  ],
  [
    'SELECT uid FROM events WHERE user = ANY (SELECT user FROM events WHERE record = 4) ORDER BY record LIMIT 1',
    1,
    { uid: 'uid-4' },
  ],
  [
    `SELECT if(severity_id > 3, 'a', 'b') AS l, severity_id > 3 ? 'x' : 'y' AS m FROM events ORDER BY record LIMIT 1`,
    1,
    { l: 'b', m: 'y' },
  ],
  [
    'SELECT host, sum(count()) OVER (ORDER BY host) AS running FROM events GROUP BY host ORDER BY host DESC LIMIT 1',
    1,
    { host: 'host-2', running: '300' },
  ],
  [
    'SELECT rank() OVER (ORDER BY n DESC, user) AS r, user FROM (SELECT user, count() AS n FROM events GROUP BY user) ORDER BY r LIMIT 1',
    1,
    { r: '1', user: 'user-0' },
  ],
  [
    'SELECT groupArray((user, record)) AS pairs FROM (SELECT user, record FROM events ORDER BY record LIMIT 2)',
    1,
    {
      pairs: [
        ['user-0', '0'],
        ['user-2', '2'],
      ],
    },
  ],
  [
    `SELECT mapFromArrays(['a', 'b'], [1, 2]) AS m, tupleElement((1, 'x'), 2) AS t, arrayFilter(x -> x > 1, [1, 2, 3]) AS f, arrayZip([1], ['a']) AS z`,
    1,
    { m: { a: 1, b: 2 }, t: 'x', f: [2, 3], z: [[1, 'a']] },
  ],
  ['SELECT arraySum(x -> x.2, groupArray((user, severity_id))) AS s FROM events', 1, { s: '600' }],
  [`SELECT arrayExists(k -> k = 'actor', JSONExtractKeys(event)) AS has FROM events LIMIT 1`, 1, { has: 1 }],
  [
    'SELECT toString(time) AS t, toUnixTimestamp64Milli(time) AS ms, toDate(time) AS d, time::Date AS e FROM events ORDER BY record LIMIT 1',
    1,
    { t: '2026-03-01 00:00:00.000', ms: '1772323200000', d: '2026-03-01', e: '2026-03-01' },
  ],
  [
    'SELECT user, count() AS n FROM events GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1 WITH TIES',
    1,
    { user: 'user-0', n: '60' },
  ],
  [
    'SELECT user, n FROM (SELECT user, count() AS n FROM events GROUP BY user) WHERE n = (SELECT max(n) FROM (SELECT count() AS n FROM events GROUP BY user)) ORDER BY user LIMIT 1',
    1,
    { user: 'user-0', n: '60' },
  ],
  ['(SELECT 1 AS a) UNION ALL (SELECT 2)', 2, { a: 1 }],
  ['SELECT 1 AS a UNION DISTINCT SELECT 1', 1, { a: 1 }],
  [`SELECT user FROM events INTERSECT SELECT 'user-1'`, 1, { user: 'user-1' }],
  ['SELECT TOP 2 uid FROM events ORDER BY record', 2, { uid: 'uid-0' }],
  ['SELECT uid FROM events ORDER BY record FETCH FIRST 2 ROWS ONLY', 2, { uid: 'uid-0' }],
  ['SELECT uid FROM events ORDER BY record OFFSET 299 ROWS', 1, { uid: 'uid-598' }],
  [
    'SELECT e.host, t.n FROM events e, (SELECT host, count() n FROM events GROUP BY host) t WHERE e.host = t.host ORDER BY e.record LIMIT 1',
    1,
    { host: 'host-0', n: '100' },
  ],
  [
    `SELECT multiSearchAny(raw_data, ['Failed', 'root']) AS m, multiMatchAny(raw_data, ['F.*d']) AS r FROM events LIMIT 1`,
    1,
    { m: 1, r: 1 },
  ],
  [
    'SELECT formatReadableSize(sum(length(raw_data))) AS size, round(avg(length(raw_data)), 1) AS mean FROM events',
    1,
    { size: '10.79 KiB', mean: 36.8 },
  ],
  ['FROM events SELECT count()', 1, { 'count()': '300' }],
  ['SELECT uid u FROM events e ORDER BY e.record LIMIT 1', 1, { u: 'uid-0' }],
  [`SELECT count(*) filter (where user like 'user-%') as n from events group by () having n > 0`, 1, { n: '300' }],
  [
    'SELECT h.1 AS lo, h.3 AS n FROM (SELECT arrayJoin(histogram(3)(record)) AS h FROM events) ORDER BY lo LIMIT 1',
    1,
    { lo: 0, n: 98.625 },
  ],
  ['SELECT untuple((1 AS a, 2 AS b))', 1, { "tupleElement((a, b), '1')": 1, "tupleElement((a, b), '2')": 2 }],
  [
    'SELECT columns.1 FROM (SELECT (host, user) AS columns FROM events ORDER BY record LIMIT 1)',
    1,
    { 'tupleElement(columns, 1)': 'host-0' },
  ],
  ['SELECT exponentialMovingAverage(60)(severity_id, toUnixTimestamp(time)) > 0 AS e FROM events', 1, { e: 1 }],
  ['SELECT retention(severity_id = 0, severity_id = 2) AS r FROM events', 1, { r: [1, 1] }],
  [`SELECT lower(host) IN ['host-0'] AS i FROM events ORDER BY record LIMIT 1`, 1, { i: 1 }],
];

describe('the engine’s dialect', () => {
  let lake: Lake;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ lake, remove } = await openTestLake());
    await fillTenants(lake);
  });
  afterAll(() => remove());

  it.each(QUERIES)('works: %s', async (query, count, first) => {
    const { rows, truncated } = await lake.search(MINE, query);
    expect(rows[0]).toMatchObject(first);
    expect(rows.length).toBe(count);
    expect(truncated).toBe(false);
  });
});
