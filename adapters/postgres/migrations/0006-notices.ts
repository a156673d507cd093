/** The outbox of notices. An incident is found by those that it took up, so that nobody is told of the same one twice. */
export const notices = `
create table notice (
  tenant text not null,
  uid text collate "C" not null,
  channel text collate "C" not null,
  about text not null,
  severity_id smallint not null,
  title text not null,
  body text not null,
  created_ms bigint not null,
  state text not null default 'pending',
  attempts integer not null default 0,
  due_ms bigint not null,
  settled_ms bigint,
  error text not null default '',
  primary key (tenant, uid)
);
create index notice_due on notice (channel, due_ms) where state = 'pending';
create index notice_order on notice (tenant, created_ms, channel, uid);
create index notice_about on notice (tenant, about);
create index incident_taken_up on incident (tenant, taken_up_by) where taken_up_by is not null;

grant select on notice to yuheng_tenant;
alter table notice enable row level security;
create policy tenant_only on notice to yuheng_tenant
  using (tenant = current_setting('yuheng.tenant', true)) with check (tenant = current_setting('yuheng.tenant', true));
`;
