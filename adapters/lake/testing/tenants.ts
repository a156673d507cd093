import type { Lake, LakeFinding } from '@yuheng/engine';
import { eventRow, ndjson, RECEIVED } from './rows.ts';

/** Stands in every row of the other tenant. */
export const SECRET = 'another-tenants-secret';
export const MINE = 'mine';
const OTHER = 'other';

/** Two tenants whose rows lie in the same granules; what the query of one may never tell is in the other's. */
export async function fillTenants(lake: Lake): Promise<void> {
  const rows = Array.from({ length: 600 }, (_, n) =>
    n % 2 === 0
      ? eventRow(n, { tenant: MINE, raw_data: `sshd[${n}]: Failed password for user-${n % 5}` })
      : eventRow(n, {
          tenant: OTHER,
          raw_data: `${SECRET} ${n}`,
          host: SECRET,
          user: SECRET,
          event: `{"a":"${SECRET}"}`,
        }),
  );
  await lake.insert(ndjson(rows), [1], false);
  const finding = (uid: string, tenant: string, given: Partial<LakeFinding> = {}): LakeFinding => ({
    ...{
      tenant,
      uid,
      time: RECEIVED,
      severity_id: 4,
      title: 'SSH failures',
      rule: 'r-1',
      revision: 1,
      retracted: false,
    },
    ...{ body: JSON.stringify({ uid, evidences: [{ uid: 'uid-4' }] }), ...given },
  });
  for (const kind of ['findings', 'incidents'] as const)
    await lake.insertFindings(kind, [
      finding('f-1', MINE),
      finding('f-2', MINE, { title: 'Withdrawn', retracted: true }),
      finding('f-3', OTHER, { title: SECRET, body: SECRET }),
    ]);
}
