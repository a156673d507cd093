import type { KeptFinding, Status } from '@yuheng/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migrations/migrate.ts';
import { openTestDatabase, type TestDatabase } from '../testing.ts';
import { PostgresFindings } from './findings.ts';
import { PostgresTriage } from './triage.ts';

const incidentOf = (uid: string, severityId: number, words: string): KeptFinding => ({
  uid,
  order: { ms: 1, ns: 0, source: 's', file: 'f', number: 1, uid },
  severityId,
  title: uid,
  rule: '',
  body: `{"uid":"${uid}"}`,
  words,
});

const nothing = { findings: [], retractedFindings: [], retractedIncidents: [], concludedMs: 5, sequence: 1 };

describe('what people make of incidents', () => {
  let database: TestDatabase;
  let findings: PostgresFindings;
  let triage: PostgresTriage;
  beforeAll(async () => {
    database = await openTestDatabase();
    await migrate(database.sql);
    findings = new PostgresFindings(database.sql);
    triage = new PostgresTriage(database.sql);
    const incidents = [
      incidentOf('i1', 5, 'login on web01'),
      incidentOf('i2', 3, 'web01'),
      incidentOf('i3', 4, 'dc01'),
    ];
    await findings.revise('a', { ...nothing, incidents });
  }, 60_000);
  afterAll(() => database.close());

  it('is a state and an owner, each change with who made it, and of the own tenant only', async () => {
    const [before] = await findings.list('incidents', 'a', { limit: 1 });
    expect(await triage.setStatus('a', 'i1', 'false-positive', 'a test', 'key k')).toBe(true);
    expect(await triage.setOwner('a', 'i1', 'Li', 'session')).toBe(true);
    expect([await triage.setStatus('b', 'i1', 'open', '', 'x'), await triage.setOwner('b', 'i1', 'x', 'x')]).toEqual([
      false,
      false,
    ]);
    const after = await findings.find('incidents', 'a', 'i1');
    expect(after).toMatchObject({ status: 'false-positive', reason: 'a test', owner: 'Li' });
    expect(after!.revision).toBeGreaterThan(before!.revision);
    const audit = await database.sql`select tenant, who, what, about, detail from audit order by id`;
    expect(audit.map((row) => ({ ...row }))).toEqual([
      {
        tenant: 'a',
        who: 'key k',
        what: 'incident-status',
        about: 'i1',
        detail: { status: 'false-positive', reason: 'a test' },
      },
      { tenant: 'a', who: 'session', what: 'incident-owner', about: 'i1', detail: { owner: 'Li' } },
    ]);
  });

  it.each<[object, { readonly [status in Status]: number }, string[]]>([
    [{}, { new: 2, open: 0, closed: 0, 'false-positive': 1 }, ['i1', 'i2', 'i3']],
    [{ severityId: 4 }, { new: 1, open: 0, closed: 0, 'false-positive': 1 }, ['i1', 'i3']],
    [{ text: 'WEB01' }, { new: 1, open: 0, closed: 0, 'false-positive': 1 }, ['i1', 'i2']],
    [{ text: 'web01', severityId: 4 }, { new: 0, open: 0, closed: 0, 'false-positive': 1 }, ['i1']],
  ])('%j counts and lists the same incidents', async (filter, counts, uids) => {
    expect(await triage.counts('a', filter)).toEqual(counts);
    expect((await findings.list('incidents', 'a', { limit: 9, ...filter })).map(({ uid }) => uid)).toEqual(uids);
  });

  it('moves to the incident that takes this one up, unless that has its own', async () => {
    await triage.setOwner('a', 'i2', 'Wang', 'session');
    const rest = { ...nothing, incidents: [] };
    await findings.revise('a', { ...rest, retractedIncidents: [{ uid: 'i1', into: 'i2' }] });
    expect(await findings.find('incidents', 'a', 'i1')).toMatchObject({
      uid: 'i2',
      status: 'false-positive',
      reason: 'a test',
      owner: 'Wang',
    });
    await findings.revise('a', { ...rest, retractedIncidents: [{ uid: 'i2', into: 'i3' }] });
    expect(await findings.find('incidents', 'a', 'i3')).toMatchObject({ status: 'false-positive', owner: 'Wang' });
    expect(await triage.counts('a', {})).toEqual({ new: 0, open: 0, closed: 0, 'false-positive': 1 });
  });
});
