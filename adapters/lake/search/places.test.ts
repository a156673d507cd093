import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchError, type Lake } from '@yuheng/engine';
import { openTestLake } from '../testing/open-lake.ts';
import { fillTenants, MINE } from '../testing/tenants.ts';

/** Everywhere that an expression can stand; `@` is the place. */
const PLACES: readonly string[] = [
  'SELECT @',
  'SELECT @ AS a',
  'SELECT DISTINCT @',
  'SELECT DISTINCT ON (@) uid FROM events',
  'WITH @ AS a SELECT a',
  'WITH (SELECT @) AS a SELECT a',
  'WITH a AS (SELECT @) SELECT * FROM a',
  'SELECT * REPLACE (@ AS uid) FROM events',
  'SELECT uid FROM events WHERE @ = uid',
  'SELECT uid FROM events GROUP BY uid, @',
  'SELECT uid FROM events GROUP BY GROUPING SETS ((uid), (@))',
  'SELECT uid FROM events GROUP BY ROLLUP (uid, @)',
  'SELECT uid FROM events GROUP BY CUBE (uid, @)',
  'SELECT uid FROM events GROUP BY uid HAVING @ = uid',
  'SELECT uid, row_number() OVER () AS n FROM events QUALIFY @ = uid',
  'SELECT uid FROM events ORDER BY @',
  "SELECT uid FROM events ORDER BY uid COLLATE 'en', @",
  'SELECT record FROM events ORDER BY record WITH FILL FROM length(@)',
  'SELECT record FROM events ORDER BY record WITH FILL TO length(@)',
  'SELECT record FROM events ORDER BY record WITH FILL STEP length(@)',
  'SELECT record FROM events ORDER BY record WITH FILL STALENESS length(@)',
  'SELECT record, uid FROM events ORDER BY record WITH FILL INTERPOLATE (uid AS @)',
  'SELECT uid FROM events LIMIT length(@)',
  'SELECT uid FROM events LIMIT 1 OFFSET length(@)',
  'SELECT uid FROM events LIMIT length(@), 1',
  'SELECT uid FROM events LIMIT length(@) BY uid',
  'SELECT uid FROM events LIMIT 1 BY @',
  'SELECT uid FROM events LIMIT 1 OFFSET length(@) BY uid',
  'SELECT uid FROM events ORDER BY uid OFFSET length(@) ROWS FETCH FIRST 1 ROWS ONLY',
  'SELECT a FROM events ARRAY JOIN [@] AS a',
  'SELECT a.uid FROM events AS a JOIN events AS b ON a.uid = @',
  'SELECT uid FROM events AS a JOIN (SELECT @ AS uid) AS b USING (uid)',
  'SELECT uid FROM (SELECT @ AS uid)',
  'SELECT sum(record) OVER (PARTITION BY @) FROM events',
  'SELECT sum(record) OVER (ORDER BY @) FROM events',
  'SELECT sum(record) OVER (ORDER BY record ROWS BETWEEN length(@) PRECEDING AND CURRENT ROW) FROM events',
  'SELECT sum(record) OVER (ORDER BY record ROWS BETWEEN CURRENT ROW AND length(@) FOLLOWING) FROM events',
  'SELECT sum(record) OVER w FROM events WINDOW w AS (PARTITION BY @)',
  'SELECT sum(record) OVER w FROM events WINDOW w AS (ORDER BY record ROWS length(@) PRECEDING)',
  'SELECT quantile(length(@))(record) FROM events',
  'SELECT count() FILTER (WHERE @ = uid) FROM events',
  'SELECT CASE @ WHEN uid THEN 1 END FROM events',
  'SELECT CASE WHEN uid = @ THEN 1 ELSE 2 END FROM events',
  'SELECT CASE WHEN 1 THEN @ END',
  'SELECT uid IN (@) FROM events',
  "SELECT uid IN (SELECT 'a', @) FROM events",
  'SELECT uid BETWEEN @ AND uid FROM events',
  'SELECT uid LIKE @ FROM events',
  'SELECT INTERVAL length(@) DAY',
  'SELECT EXTRACT(YEAR FROM @)',
  'SELECT SUBSTRING(@ FROM 1 FOR 9)',
  'SELECT TRIM(BOTH @ FROM uid) FROM events',
  "SELECT POSITION('a' IN @)",
  'SELECT DATE_ADD(DAY, length(@), now())',
  'SELECT CAST(@ AS String)',
  "SELECT CAST('a', @)",
  'SELECT @::String',
  'SELECT @[1]',
  'SELECT (@, 1).1',
  'SELECT [1, @]',
  'SELECT 1 ? @ : 2',
  'SELECT arrayMap(x -> @, [1])',
  'SELECT arrayMap(x -> arrayMap(y -> concat(x, @), [x]), [uid]) FROM events',
  'SELECT NOT @',
  'SELECT -length(@)',
  'SELECT exists(SELECT @)',
  'SELECT 1 UNION ALL SELECT @',
  'SELECT 1 INTERSECT SELECT @',
  '(SELECT 1) EXCEPT (SELECT @)',
  'FROM events SELECT @',
];

describe('what may not be called or read', () => {
  let lake: Lake;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ lake, remove } = await openTestLake());
    await fillTenants(lake);
  });
  afterAll(() => remove());

  async function outcome(query: string): Promise<string> {
    try {
      await lake.search(MINE, query);
      return 'rows';
    } catch (error) {
      return error instanceof SearchError ? error.kind : String(error);
    }
  }

  it.each(PLACES)('is refused here: %s', async (place) => {
    expect(await outcome(place.replace('@', "file('/etc/passwd')"))).toMatch(/refused|syntax/);
    expect(await outcome(place.replace('@', '(SELECT any(raw_data) FROM stored_events)'))).toMatch(/refused|syntax/);
    // The place itself is one that the engine knows.
    expect(await outcome(place.replace('@', "lower('a')"))).toMatch(/rows|failed/);
  });
});
