-- The link: who is connected, what comes in, what goes out.

create table agent_session (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  agent uuid not null,
  epoch bigint not null,
  connected_at timestamptz not null,
  last_heartbeat_at timestamptz not null,
  disconnected_at timestamptz,
  ended_by text,
  remote_address text not null,
  agent_version text not null,
  hostname text not null,
  os text not null,
  arch text not null,
  capabilities text[] not null,
  spool_facts bigint not null default 0,
  spool_bytes bigint not null default 0,
  constraint agent_session_pkey primary key (tenant, agent, epoch),
  constraint agent_session_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
comment on table agent_session is 'One row a connection. The newest epoch is the one that counts; older rows are history, of which a bounded number is kept.';
comment on column agent_session.last_heartbeat_at is 'Written a few seconds late, many agents at once.';
comment on column agent_session.ended_by is 'Code of the fault that ended it, or null where the agent or the server said goodbye.';

create table inbound_spool (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  agent uuid not null,
  spool uuid not null,
  epoch bigint not null,
  through_seq bigint not null default 0,
  moved_at timestamptz not null,
  open_report uuid,
  open_chunks bigint,
  open_bytes bigint,
  got_chunks bigint,
  got_bytes bigint,
  skipping_report uuid,
  constraint inbound_spool_pkey primary key (tenant, agent, spool),
  constraint inbound_spool_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
comment on table inbound_spool is 'How far the facts of one spool are committed; it moves in the transaction that persists them, so each takes effect once.';
comment on column inbound_spool.epoch is 'The session that may write; an older one is fenced off.';
comment on column inbound_spool.open_report is 'A report whose end has not come: what it said of itself, and how much of it lies in inbound_part.';

create table inbound_part (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  agent uuid not null,
  spool uuid not null,
  seq bigint not null,
  data bytea not null,
  constraint inbound_part_pkey primary key (tenant, agent, spool, seq),
  constraint inbound_part_spool_fkey foreign key (tenant, agent, spool) references inbound_spool (tenant, agent, spool) on delete cascade
);
comment on table inbound_part is 'Chunks of the reports that are still open; gone with the transaction that records the report.';

create table rejected_fact (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  agent uuid not null,
  spool uuid not null,
  seq bigint not null,
  report uuid,
  code text not null,
  message text not null,
  rejected_at timestamptz not null,
  constraint rejected_fact_pkey primary key (tenant, agent, spool, seq),
  constraint rejected_fact_spool_fkey foreign key (tenant, agent, spool) references inbound_spool (tenant, agent, spool) on delete cascade
);
comment on table rejected_fact is 'Facts without meaning, set aside so that they do not block those behind them.';

create table agent_order (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  id uuid not null,
  agent uuid not null,
  kind text not null,
  body jsonb not null,
  requested_at timestamptz not null,
  delivered_at timestamptz,
  constraint agent_order_pkey primary key (tenant, id),
  constraint agent_order_kind_known check (kind in ('scan')),
  constraint agent_order_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index agent_order_waiting_idx on agent_order (tenant, agent, requested_at) where delivered_at is null;
comment on table agent_order is 'Orders to agents, delivered with every session until the agent says that it has them.';

alter table agent_session enable row level security;
alter table agent_session force row level security;
alter table inbound_spool enable row level security;
alter table inbound_spool force row level security;
alter table inbound_part enable row level security;
alter table inbound_part force row level security;
alter table rejected_fact enable row level security;
alter table rejected_fact force row level security;
alter table agent_order enable row level security;
alter table agent_order force row level security;

create policy agent_session_own on agent_session to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy inbound_spool_own on inbound_spool to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy inbound_part_own on inbound_part to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy rejected_fact_own on rejected_fact to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy agent_order_own on agent_order to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));

grant select, insert, update, delete on agent_session, inbound_spool, inbound_part, rejected_fact, agent_order to dd0c_app_tenant;
