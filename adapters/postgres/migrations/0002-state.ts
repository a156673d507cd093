/** Who there is, what matched, and what was concluded from it. Texts that are ordered compare by code points. */
export const state = `
create table tenant (name text primary key, created_ms bigint not null);
create table api_key (
  id text primary key,
  tenant text not null references tenant (name),
  secret_hash text not null,
  scopes text[] not null
);
create table sign_in (secret_hash text primary key, tenant text not null references tenant (name), expires_ms bigint not null);
create table session (secret_hash text primary key, tenant text not null references tenant (name), expires_ms bigint not null);

create table match (
  tenant text not null,
  uid text not null,
  ms bigint not null,
  sequence bigint generated always as identity,
  body text not null,
  primary key (tenant, uid)
);
create index match_time on match (tenant, ms);
create index match_arrival on match (tenant, sequence);

create sequence revision;
create table finding (
  tenant text not null,
  uid text not null,
  ms bigint not null,
  ns integer not null,
  source text collate "C" not null,
  file text collate "C" not null,
  number bigint not null,
  severity_id smallint not null,
  title text not null,
  rule text not null,
  body text not null,
  revision bigint not null default nextval('revision'),
  retracted boolean not null default false,
  primary key (tenant, uid)
);
create index finding_order on finding (tenant, ms, ns, source, file, number, uid) where not retracted;
create index finding_revision on finding (revision);

create table incident (
  tenant text not null,
  uid text not null,
  ms bigint not null,
  ns integer not null,
  source text collate "C" not null,
  file text collate "C" not null,
  number bigint not null,
  end_ms bigint not null,
  severity_id smallint not null,
  title text not null,
  rule text not null,
  body text not null,
  revision bigint not null default nextval('revision'),
  retracted boolean not null default false,
  taken_up_by text,
  status text not null default 'new',
  reason text not null default '',
  primary key (tenant, uid)
);
create index incident_order on incident (tenant, ms, ns, source, file, number, uid) where not retracted;
create index incident_end on incident (tenant, end_ms) where not retracted;
create index incident_revision on incident (revision);

create table conclusion (tenant text primary key, concluded_ms bigint not null, sequence bigint not null);
create table audit (
  id bigint generated always as identity primary key,
  tenant text not null,
  at timestamptz not null default now(),
  who text not null,
  what text not null,
  about text not null,
  detail jsonb not null default '{}'
);
create index audit_tenant on audit (tenant, id);
create table setting (name text primary key, value jsonb not null);
`;
