const TABLES = [
  'batch',
  'request',
  'stream',
  'rolled',
  'api_key',
  'sign_in',
  'session',
  'match',
  'finding',
  'incident',
  'conclusion',
  'audit',
];

/**
 * Row-level security: what is done for a tenant runs as the role `yuheng_tenant`, which sees and writes rows of the tenant in
 * `yuheng.tenant` only, and nothing when that is not set. The server's own work (journal, conclusion) runs as the owner.
 */
export const rowSecurity = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'yuheng_tenant') then create role yuheng_tenant nologin; end if;
end $$;
grant usage on schema public to yuheng_tenant;
grant select on finding, incident, match, batch, rolled, conclusion, audit to yuheng_tenant;
grant update (status, reason, revision) on incident to yuheng_tenant;
grant insert on audit to yuheng_tenant;
grant usage on sequence revision to yuheng_tenant;
${TABLES.map(
  (table) => `alter table ${table} enable row level security;
create policy tenant_only on ${table} to yuheng_tenant
  using (tenant = current_setting('yuheng.tenant', true)) with check (tenant = current_setting('yuheng.tenant', true));`,
).join('\n')}
`;
