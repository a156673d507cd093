import type { FindingKind, FindingStore, Lake } from '@yuheng/engine';
import type { Database } from '@yuheng/adapter-postgres';

/** Rows of one portion. */
const PORTION = 2_000;

/** Brings findings and incidents into the lake, where SQL finds them beside the events. A repeated row does no harm: revisions decide. */
export class Mirror {
  private readonly sql: Database;
  private readonly findings: FindingStore;
  private readonly lake: Lake;

  constructor(sql: Database, findings: FindingStore, lake: Lake) {
    this.sql = sql;
    this.findings = findings;
    this.lake = lake;
  }

  /** Copies what changed since the last time. */
  async run(): Promise<void> {
    for (const kind of ['findings', 'incidents'] as const) {
      for (let more = true; more;) more = await this.portion(kind);
    }
  }

  private async portion(kind: FindingKind): Promise<boolean> {
    const name = `mirrored-${kind}`;
    const [row] = await this.sql<
      { value: number }[]
    >`select value::text::bigint as value from setting where name = ${name}`;
    const changes = await this.findings.changes(kind, row?.value ?? 0, PORTION);
    if (changes.length === 0) return false;
    await this.lake.insertFindings(
      kind,
      changes.map(({ tenant, uid, order, severityId, title, rule, body, revision, retracted }) => ({
        tenant,
        uid,
        time: order.ms,
        severity_id: severityId,
        title,
        rule,
        body,
        revision,
        retracted,
      })),
    );
    const last = changes.at(-1)!.revision;
    await this.sql`
      insert into setting (name, value) values (${name}, ${this.sql.json(last)})
      on conflict (name) do update set value = excluded.value`;
    return changes.length === PORTION;
  }
}
