import { openDatabase, PostgresFindings, PostgresMatches, type DatabaseAddress } from '@yuheng/adapter-postgres';
import { TenantConcluder } from '@yuheng/engine';
import { loadRules, type Placeholders, type RuleSet, type SigmaSource } from '@yuheng/sigma';

/** What the consumer starts with. Plain data: it crosses threads. */
export interface ConcludeOptions {
  readonly rules: readonly SigmaSource[];
  readonly placeholders: Placeholders;
  readonly database: DatabaseAddress;
}

/** Connections of this consumer: it does one thing at a time, and streams matches while it looks things up. */
const CONNECTIONS = 2;

/** The conclusions of all tenants, in this thread. */
export class Conclusions {
  private readonly rules: RuleSet;
  private readonly sql;
  private readonly tenants = new Map<string, TenantConcluder>();

  constructor(
    options: ConcludeOptions,
    rules: RuleSet = loadRules(options.rules, { placeholders: options.placeholders }),
  ) {
    this.rules = rules;
    this.sql = openDatabase(options.database, CONNECTIONS);
  }

  concludeUntil(tenant: string, ms: number): ReturnType<TenantConcluder['concludeUntil']> {
    let concluder = this.tenants.get(tenant);
    if (!concluder) {
      const stores = { matches: new PostgresMatches(this.sql), findings: new PostgresFindings(this.sql) };
      this.tenants.set(tenant, (concluder = new TenantConcluder(tenant, this.rules, stores)));
    }
    return concluder.concludeUntil(ms).catch((error: unknown) => {
      // What it held may be half of a round: the next one begins at what is written.
      this.tenants.delete(tenant);
      throw error;
    });
  }

  async close(): Promise<void> {
    await this.sql.end();
  }
}
