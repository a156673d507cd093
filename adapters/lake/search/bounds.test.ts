import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lake, SearchResult } from '@yuheng/engine';
import { openTestLake } from '../testing/open-lake.ts';
import { askedRows } from './row-bound.ts';
import { SEARCH_LIMITS } from './search.ts';
import { MAX_BRACKET_DEPTH, MAX_QUERY_LENGTH, scan } from './tokens.ts';

const numbers = (count: number): string => `SELECT arrayJoin(range(${count})) AS n`;
/** A billion pairs, in little memory. */
const SLOW = `SELECT count() FROM (${numbers(1000)}) AS a, (${numbers(1000)}) AS b, (${numbers(1000)}) AS c WHERE cityHash64(a.n, b.n, c.n) = 1`;

describe('rows', () => {
  let lake: Lake;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ lake, remove } = await openTestLake({
      ...SEARCH_LIMITS,
      maxRows: 30_000,
      maxBytes: 300_000,
      seconds: 1,
      memoryBytes: 32e6,
    }));
  });
  afterAll(() => remove());
  const size = ({ rows, truncated }: SearchResult): unknown => [rows.length, truncated];

  it.each([
    [numbers(9_999), 9_999, false],
    [numbers(10_000), 10_000, false],
    [numbers(10_001), 10_000, true],
    [`${numbers(15_000)} LIMIT 12000`, 12_000, false],
    [`${numbers(15_000)} LIMIT 100, 12000`, 12_000, false],
    [`${numbers(15_000)} LIMIT 20000`, 15_000, false],
    [`${numbers(15_000)} LIMIT 20000 BY n`, 10_000, true],
    [`SELECT * FROM (${numbers(15_000)} LIMIT 20000)`, 10_000, true],
  ])('%s: %i, truncated %s', async (query, rows, truncated) =>
    expect(size(await lake.search('a', query))).toEqual([rows, truncated]),
  );

  it('are never more than the bound, whatever LIMIT says', async () => {
    const wide = await lake.search('a', `SELECT 1 AS a FROM (${numbers(40_000)}) LIMIT 35000`);
    expect(size(wide)).toEqual([30_000, true]);
  });

  it('end where their text is too long', async () => {
    expect(size(await lake.search('a', `SELECT repeat('x', 90000) AS x FROM (${numbers(9)})`))).toEqual([3, true]);
  });

  it('come in the order that was asked for', async () => {
    const { rows } = await lake.search('a', `SELECT n FROM (${numbers(20_000)}) ORDER BY cityHash64(n), n LIMIT 10`);
    const again = await lake.search('a', `SELECT n FROM (${numbers(20_000)}) ORDER BY cityHash64(n), n`);
    expect(again.rows.slice(0, 10)).toEqual(rows);
  });

  it('have 64-bit integers and what is no number as texts', async () => {
    const { rows } = await lake.search(
      'a',
      'SELECT toUInt64(18446744073709551615) AS u, toInt64(-1) AS i, 1 AS n, nan AS x, toDecimal64(1.5, 2) AS d',
    );
    expect(rows).toEqual([{ u: '18446744073709551615', i: '-1', n: 1, x: 'nan', d: 1.5 }]);
  });

  it('keep names like __proto__', async () => {
    const { rows } = await lake.search('a', 'SELECT 1 AS __proto__, 2 AS constructor');
    expect(Object.entries(rows[0]!)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  it.each([
    ['time', SLOW, /Timeout exceeded/],
    ['memory', `SELECT groupArray(repeat('x', n)) FROM (${numbers(20_000)})`, /memory limit exceeded/],
    ['nesting', `SELECT ${'NOT '.repeat(20_000)}1`, /./],
  ])('are bounded by %s', async (_, query, message) => {
    const error = await lake.search('a', query).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ kind: 'limit', message: expect.stringMatching(message) as unknown });
  });

  it('of one search do not wait for another to end', async () => {
    const waiting = lake.search('a', SLOW).catch(() => {});
    const first = await Promise.race([waiting.then(() => 'slow'), lake.search('a', 'SELECT 1').then(() => 'quick')]);
    expect(first).toBe('quick');
    await waiting;
  });
});

describe('a query', () => {
  it('is no longer than its bound', () => {
    const query = `SELECT '${'x'.repeat(MAX_QUERY_LENGTH - 9)}'`;
    expect(scan(query).text.length).toBe(MAX_QUERY_LENGTH);
    expect(() => scan(`${query} `)).toThrow(/longer/);
  });

  it('is no deeper than its bound', () => {
    const nested = (depth: number): string => `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(scan(nested(MAX_BRACKET_DEPTH)).tokens.length).toBe(2 * MAX_BRACKET_DEPTH + 2);
    expect(() => scan(nested(MAX_BRACKET_DEPTH + 1))).toThrow(/brackets/);
  });

  it.each([
    ["SELECT ')' -- )\n, /* ( */ `a b`", ['SELECT', "')'", ',', 'a b']],
    ["SELECT 'it''s', 'a\\'b', '--', '/*'", ['SELECT', "'it''s'", ',', "'a\\'b'", ',', "'--'", ',', "'/*'"]],
    ['SELECT 1.5e-3, 0x1F, t.1, a->b', ['SELECT', '1.5e-3', ',', '0x1F', ',', 't', '.', '1', ',', 'a', '-', '>', 'b']],
    ['SELECT 1;; -- end\n ; ', ['SELECT', '1']],
  ])('is cut as the engine cuts it: %s', (query, tokens) =>
    expect(scan(query).tokens.map(({ text }) => text)).toEqual(tokens),
  );

  it.each([
    ['SELECT 1', 0],
    ['SELECT 1 LIMIT 5', 5],
    ['select 1 limit 5, 20000', 20_000],
    ['SELECT 1 LIMIT 20000 OFFSET 5', 20_000],
    ['SELECT 1 LIMIT 20000 BY a', 0],
    ['SELECT 1 LIMIT 1 BY a LIMIT 30000', 30_000],
    ['SELECT (SELECT 1 LIMIT 9) LIMIT 7', 7],
    ['SELECT \' LIMIT 99\' AS "LIMIT 98"', 0],
  ])('asks for rows: %s', (query, rows) => expect(askedRows(scan(query).tokens)).toBe(rows));
});
