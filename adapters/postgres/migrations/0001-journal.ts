/** The journal: batches and their bodies, in partitions by number that are dropped as a whole; streams; keys of requests; what was rolled up. */
export const journal = `
create table journal_number (one bool primary key default true check (one), next bigint not null);
insert into journal_number (next) values (1);

create table batch (
  number bigint primary key,
  tenant text not null,
  source text not null,
  format text not null,
  file text not null,
  first bigint,
  span integer not null,
  year smallint,
  encoding text,
  last boolean not null,
  received_ms bigint not null,
  received integer not null,
  rejected jsonb not null,
  bytes integer not null,
  settled boolean not null default false,
  stored integer not null default 0,
  unparsed integer not null default 0
) partition by range (number);
create index batch_pending on batch (number) where not settled;

create table payload (
  number bigint primary key,
  packed boolean not null,
  body bytea storage external not null
) partition by range (number);

create table request (
  tenant text not null,
  source text not null,
  key text not null,
  digest text not null,
  number bigint not null,
  received_ms bigint not null,
  received integer not null,
  rejected jsonb not null,
  primary key (tenant, source, key)
);
create index request_received on request (received_ms);

create table stream (
  tenant text not null,
  source text not null,
  file text not null,
  state jsonb not null,
  open integer not null,
  updated_ms bigint not null,
  primary key (tenant, source, file)
);
create index stream_open on stream (updated_ms) where open > 0;

create table rolled (
  tenant text not null,
  source text not null,
  received bigint not null default 0,
  stored bigint not null default 0,
  unparsed bigint not null default 0,
  expired bigint not null default 0,
  rejected jsonb not null default '{}',
  last_received_ms bigint,
  primary key (tenant, source)
);
`;
