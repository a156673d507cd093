const TABLES = ['arrival', 'silence'];

/** When sources were last heard, and the silences of those that stopped. */
export const silence = `
create table arrival (
  tenant text not null,
  source text not null,
  last_ms bigint not null,
  primary key (tenant, source)
);
create table silence (
  tenant text not null,
  uid text collate "C" not null,
  source text collate "C" not null,
  last_ms bigint not null,
  since_ms bigint not null,
  ended_ms bigint,
  revision bigint not null default nextval('revision'),
  primary key (tenant, uid)
);
create index silence_open on silence (tenant, source) where ended_ms is null;
create index silence_order on silence (tenant, since_ms, source, uid);
create index silence_revision on silence (revision);

grant select on arrival, silence to yuheng_tenant;
${TABLES.map(
  (table) => `alter table ${table} enable row level security;
create policy tenant_only on ${table} to yuheng_tenant
  using (tenant = current_setting('yuheng.tenant', true)) with check (tenant = current_setting('yuheng.tenant', true));`,
).join('\n')}
`;
