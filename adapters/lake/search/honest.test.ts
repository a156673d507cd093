import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lake } from '@yuheng/engine';
import { openTestLake } from '../testing/open-lake.ts';
import { fillTenants, MINE } from '../testing/tenants.ts';

/** What analysts write: the query, how many rows it gives, and the first of them. */
const QUERIES: readonly (readonly [string, number, object])[] = [
  ['SELECT count() FROM events', 1, { 'count()': '300' }],
  [
    'SELECT * FROM events ORDER BY time DESC LIMIT 5',
    5,
    { time: '2026-03-01 00:09:58.000', uid: 'uid-598', record: '598', tenant: 'mine' },
  ],
  [
    'SELECT toStartOfHour(time) AS hour, count() AS n FROM events GROUP BY hour ORDER BY hour',
    1,
    { hour: '2026-03-01 00:00:00', n: '300' },
  ],
  [
    'SELECT toStartOfInterval(time, INTERVAL 5 MINUTE) AS t, severity_id, count() AS n FROM events GROUP BY t, severity_id ORDER BY t, severity_id',
    6,
    { t: '2026-03-01 00:00:00', severity_id: 0, n: '50' },
  ],
  [
    'SELECT toStartOfMinute(time) AS t, count() AS n FROM events GROUP BY t ORDER BY t WITH FILL STEP toIntervalMinute(1)',
    10,
    { t: '2026-03-01 00:00:00', n: '30' },
  ],
  [
    `SELECT date_trunc('day', time) AS d, uniq(host) AS hosts FROM events GROUP BY d`,
    1,
    { d: '2026-03-01 00:00:00', hosts: '3' },
  ],
  [
    `SELECT JSONExtractString(event, 'actor', 'user', 'name') AS who, count() AS n FROM events GROUP BY who ORDER BY n DESC, who LIMIT 3`,
    3,
    { who: 'user-0', n: '60' },
  ],
  [
    `SELECT JSONExtractUInt(event, 'src_endpoint', 'port') AS port FROM events WHERE port > 590 ORDER BY port`,
    4,
    { port: '592' },
  ],
  [
    `SELECT JSONExtract(event, 'src_endpoint', 'Tuple(port UInt16)').port AS port FROM events ORDER BY port DESC LIMIT 1`,
    1,
    { port: 598 },
  ],
  [
    `SELECT simpleJSONExtractInt(event, 'class_uid') AS class, count() FROM events GROUP BY ALL`,
    1,
    { class: '3002', 'count()': '300' },
  ],
  [`SELECT JSON_VALUE(event, '$.actor.user.name') AS who FROM events ORDER BY record LIMIT 1`, 1, { who: 'user-0' }],
  [`SELECT count() FROM events WHERE raw_data LIKE '%Failed password%'`, 1, { 'count()': '300' }],
  [
    `SELECT count() FROM events WHERE raw_data ILIKE '%FAILED%' AND NOT raw_data LIKE '%user-1%'`,
    1,
    { 'count()': '240' },
  ],
  [`SELECT count() FROM events WHERE hasToken(raw_data, 'Failed')`, 1, { 'count()': '300' }],
  [`SELECT count() FROM events WHERE match(raw_data, 'user-[01]$')`, 1, { 'count()': '120' }],
  [
    `SELECT extract(raw_data, 'sshd\\\\[(\\\\d+)\\\\]') AS pid FROM events ORDER BY toUInt32(pid) DESC LIMIT 1`,
    1,
    { pid: '598' },
  ],
  [`SELECT extractAll(raw_data, '[0-9]+') AS numbers FROM events ORDER BY record LIMIT 1`, 1, { numbers: ['0', '0'] }],
  [
    `SELECT replaceRegexpAll(raw_data, '\\\\d+', '#') AS shape, count() AS n FROM events GROUP BY shape ORDER BY n DESC`,
    1,
    { shape: 'sshd[#]: Failed password for user-#', n: '300' },
  ],
  [
    'SELECT user, host, count() AS n FROM events GROUP BY ALL HAVING n > 10 ORDER BY n DESC, user, host',
    15,
    { user: 'user-0', host: 'host-0', n: '20' },
  ],
  ['SELECT user FROM events GROUP BY user ORDER BY count() DESC, user', 5, { user: 'user-0' }],
  [
    `WITH failed AS (SELECT user, address FROM events WHERE raw_data LIKE '%Failed%') SELECT user, uniqExact(address) AS addresses FROM failed GROUP BY user ORDER BY user LIMIT 1`,
    1,
    { user: 'user-0', addresses: '25' },
  ],
  ['WITH 590 AS least SELECT count() FROM events WHERE record >= least', 1, { 'count()': '5' }],
  [
    'WITH (SELECT max(record) FROM events) AS newest SELECT newest, count() FROM events WHERE record > newest - 10',
    1,
    { newest: '598', 'count()': '5' },
  ],
  [
    `SELECT f.title, e.raw_data FROM findings AS f JOIN events AS e ON e.uid = JSONExtractString(f.body, 'evidences', 1, 'uid')`,
    1,
    { title: 'SSH failures', raw_data: 'sshd[4]: Failed password for user-4' },
  ],
  [
    `SELECT count() FROM events WHERE uid IN (SELECT arrayJoin(JSONExtract(body, 'evidences', 'Array(Tuple(uid String))')).uid FROM findings)`,
    1,
    { 'count()': '1' },
  ],
  [
    `SELECT count() FROM events WHERE user IN ('user-0', 'user-1') AND severity_id NOT IN (0, 2)`,
    1,
    { 'count()': '40' },
  ],
  [`WITH ['user-0', 'user-2'] AS names SELECT count() FROM events WHERE has(names, user)`, 1, { 'count()': '120' }],
  [
    'SELECT quantile(0.5)(record) AS half, quantiles(0.9, 0.99)(record) AS high, median(record) FROM events',
    1,
    { half: 299, high: [538.2, 592.02], 'median(record)': 299 },
  ],
  [
    'SELECT length(topK(2)(user)) AS top, topKWeighted(1)(host, record) AS heavy FROM events',
    1,
    { top: '2', heavy: ['host-1'] },
  ],
  [
    `SELECT countIf(severity_id > 3) AS high, sumIf(records, host = 'host-0') AS zero, avgOrNullIf(record, user = 'nobody') AS none FROM events`,
    1,
    { high: '100', zero: '100', none: null },
  ],
  [
    'SELECT uniqExactIf(user, severity_id = 0) AS u, length(groupUniqArray(3)(host)) AS hosts, argMax(uid, time) AS newest FROM events',
    1,
    { u: '5', hosts: '3', newest: 'uid-598' },
  ],
  ['SELECT count() FILTER (WHERE severity_id = 4) AS four FROM events', 1, { four: '100' }],
  [
    'SELECT user, time FROM events ORDER BY time DESC LIMIT 2 BY user LIMIT 4',
    4,
    { user: 'user-3', time: '2026-03-01 00:09:58.000' },
  ],
  [
    'SELECT user, record, row_number() OVER (PARTITION BY user ORDER BY time DESC) AS place FROM events QUALIFY place = 1 ORDER BY user',
    5,
    { user: 'user-0', record: '590', place: '1' },
  ],
  [
    `SELECT record, dateDiff('second', lagInFrame(time) OVER w, time) AS gap FROM events WINDOW w AS (ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) ORDER BY record LIMIT 1 OFFSET 1`,
    1,
    { record: '2', gap: '2' },
  ],
  [`SELECT dateDiff('minute', min(time), max(time)) AS minutes FROM events`, 1, { minutes: '9' }],
  [
    `SELECT count() FROM events WHERE time >= '2026-03-01 00:05:00' AND time < '2026-03-01 00:06:00'`,
    1,
    { 'count()': '30' },
  ],
  ['SELECT count() FROM events WHERE time > now() - INTERVAL 1 DAY', 1, { 'count()': '0' }],
  [
    `SELECT count() FROM events WHERE time BETWEEN toDateTime('2026-03-01 00:00:00') AND parseDateTimeBestEffort('2026-03-01T00:01:00Z')`,
    1,
    { 'count()': '31' },
  ],
  [
    `SELECT toHour(time) AS h, toDayOfWeek(time) AS d, formatDateTime(time, '%Y-%m-%d') AS day FROM events LIMIT 1`,
    1,
    { h: 0, d: 7, day: '2026-03-01' },
  ],
  [
    `SELECT isIPAddressInRange(address, '203.0.113.0/24') AS inside, count() FROM events WHERE address != '' GROUP BY inside`,
    1,
    { inside: 1, 'count()': '300' },
  ],
  [
    `SELECT IPv4NumToString(toIPv4(address)) AS ip, cutIPv6(toIPv6('::1'), 0, 0) FROM events ORDER BY record LIMIT 1`,
    1,
    { ip: '203.0.113.0', "cutIPv6(toIPv6('::1'), 0, 0)": '::1' },
  ],
  [
    `SELECT arrayJoin(splitByChar(' ', raw_data)) AS word, count() AS n FROM events GROUP BY word ORDER BY n DESC, word LIMIT 3`,
    3,
    { word: 'Failed', n: '300' },
  ],
  [
    'SELECT key, count() AS n FROM events ARRAY JOIN JSONExtractKeys(event) AS key GROUP BY key ORDER BY key',
    3,
    { key: 'actor', n: '300' },
  ],
  [
    'SELECT arrayMap(x -> upper(x), arraySort(groupUniqArray(host))) AS hosts, arraySort(groupUniqArray(user)) AS users FROM events',
    1,
    { hosts: ['HOST-0', 'HOST-1', 'HOST-2'], users: ['user-0', 'user-1', 'user-2', 'user-3', 'user-4'] },
  ],
  [
    `SELECT (host, user) AS pair, count() AS n FROM events GROUP BY pair HAVING tuple(host, user).1 = 'host-0' ORDER BY pair LIMIT 1`,
    1,
    { pair: ['host-0', 'user-0'], n: '20' },
  ],
  [
    `SELECT map('a', 1)['a'] AS one, [1, 2, 3][2] AS two, (1, 'x').2 AS x, CAST(1 AS String) AS s, '7'::UInt8 AS seven`,
    1,
    { one: 1, two: 2, x: 'x', s: '1', seven: 7 },
  ],
  [
    `SELECT CASE WHEN severity_id >= 4 THEN 'high' WHEN severity_id = 3 THEN 'medium' ELSE 'low' END AS level, count() AS n FROM events GROUP BY level ORDER BY level`,
    2,
    { level: 'high', n: '100' },
  ],
  [
    `SELECT multiIf(severity_id > 4, 'a', severity_id > 2, 'b', 'c') AS l, if(host = '', 'none', host) AS h, coalesce(nullIf(user, ''), '-') AS u FROM events ORDER BY record LIMIT 1`,
    1,
    { l: 'c', h: 'host-0', u: 'user-0' },
  ],
  [
    'SELECT count() AS `数量`, user AS "用户" FROM events GROUP BY user ORDER BY 1 DESC, 2 LIMIT 1',
    1,
    { 数量: '60', 用户: 'user-0' },
  ],
  ['SELECT user, count() AS n FROM events GROUP BY user WITH TOTALS ORDER BY user', 5, { user: 'user-0', n: '60' }],
  [
    'SELECT user, host, count() AS n FROM events GROUP BY ROLLUP(user, host) ORDER BY ALL LIMIT 1',
    1,
    { user: '', host: '', n: '300' },
  ],
  ['SELECT DISTINCT host FROM events ORDER BY host', 3, { host: 'host-0' }],
  [
    `SELECT * FROM (SELECT 'events' AS what, count() AS n FROM events UNION ALL SELECT 'findings', count() FROM findings UNION ALL SELECT 'incidents', count() FROM incidents) ORDER BY what`,
    3,
    { what: 'events', n: '300' },
  ],
  [
    'SELECT a.user, b.host FROM (SELECT min(user) AS user FROM events) AS a CROSS JOIN (SELECT max(host) AS host FROM events) AS b',
    1,
    { user: 'user-0', host: 'host-2' },
  ],
  [
    `SELECT e.uid FROM events AS e LEFT JOIN findings AS f ON f.uid = e.uid WHERE f.uid = '' ORDER BY e.record LIMIT 1`,
    1,
    { uid: 'uid-0' },
  ],
  ['SELECT e.uid FROM events AS e ANTI JOIN findings AS f USING (uid) ORDER BY e.record LIMIT 1', 1, { uid: 'uid-0' }],
  [
    'SELECT a.record, b.record FROM events AS a ASOF JOIN events AS b ON a.user = b.user AND a.time > b.time ORDER BY a.record LIMIT 1',
    1,
    { record: '10', 'b.record': '0' },
  ],
  [
    'SELECT * EXCEPT (raw_data, event) FROM events ORDER BY record LIMIT 1',
    1,
    { time: '2026-03-01 00:00:00.000', uid: 'uid-0', record: '0', tenant: 'mine' },
  ],
  [
    'SELECT events.uid, events.time FROM events WHERE events.record = 4',
    1,
    { uid: 'uid-4', time: '2026-03-01 00:00:04.000' },
  ],
  [
    'SELECT title, severity_id, rule, revision FROM findings',
    1,
    { title: 'SSH failures', severity_id: 4, rule: 'r-1', revision: '1' },
  ],
  [`SELECT uid, JSONExtractArrayRaw(body, 'evidences') AS e FROM incidents`, 1, { uid: 'f-1', e: ['{"uid":"uid-4"}'] }],
  [
    `SELECT lower(hex(SHA256(raw_data))) AS h, base64Encode('a') AS b, tryBase64Decode('YQ==') AS c FROM events ORDER BY record LIMIT 1`,
    1,
    { h: '26330164bb1cc6501a38439fa222116f32a6da3746344893e5490a92fedd9fdd', b: 'YQ==', c: 'a' },
  ],
  ['SELECT windowFunnel(60)(toDateTime(time), severity_id = 0, severity_id = 2) AS level FROM events', 1, { level: 2 }],
  [
    `SELECT sequenceMatch('(?1)(?2)')(toDateTime(time), severity_id = 0, severity_id = 2) AS seen FROM events`,
    1,
    { seen: 1 },
  ],
  ['SELECT max(n) FROM (SELECT user, count() AS n FROM events GROUP BY user)', 1, { 'max(n)': '60' }],
  ['SELECT count() FROM events WHERE EXISTS (SELECT 1 FROM findings WHERE severity_id > 3)', 1, { 'count()': '300' }],
  [
    `SELECT domain('http://a.example/x?y=1') AS d, cutQueryString('http://a/x?y=1') AS u, extractURLParameter('http://a/x?y=1', 'y') AS y, path('http://a/x') AS p`,
    1,
    { d: 'a.example', u: 'http://a/x', y: '1', p: '/x' },
  ],
  [
    `SELECT levenshteinDistance('a', 'b') AS l, ngramDistance('abcd', 'abce') > 0 AS n, entropy(user) > 1 AS e FROM events`,
    1,
    { l: '1', n: 1, e: 1 },
  ],
  [
    `select Count(*), SUM(records), Avg(record) from events where Lower(host) = 'host-0' -- a comment`,
    1,
    { 'Count()': '100', 'SUM(records)': '100', 'Avg(record)': 297 },
  ],
  ['/* all */ SELECT 1;', 1, { '1': 1 }],
  [
    `SELECT record FROM events WHERE file = 'auth.log' AND position(raw_data, 'Failed') > 0 AND startsWith(raw_data, 'sshd') ORDER BY record LIMIT 1`,
    1,
    { record: '0' },
  ],
  [
    'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t',
    1,
    { 'sum(n)': '15' },
  ],
  [
    'SELECT severity_id, bar(count(), 0, 100, 10) AS b FROM events GROUP BY severity_id ORDER BY severity_id LIMIT 1',
    1,
    { severity_id: 0, b: '██████████' },
  ],
];

describe('an analyst’s query', () => {
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
