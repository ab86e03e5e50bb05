-- Tenants, their API tokens, and the outbox. Every table of a tenant carries the tenant in its key and is under forced
-- row-level security; the select in each policy makes the planner read the setting once for a statement.

grant usage on schema dd0c to dd0c_app_tenant, dd0c_app_system;

create table tenant (
  id uuid constraint tenant_pkey primary key,
  name text not null,
  created_at timestamptz not null
);
comment on table tenant is 'Who shares nothing with whom.';

create table api_token (
  tenant uuid not null constraint api_token_tenant_fkey references tenant (id) on delete cascade,
  id uuid not null,
  name text not null,
  role text not null constraint api_token_role_known check (role in ('admin', 'operator', 'viewer')),
  hash bytea not null constraint api_token_hash_key unique,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  constraint api_token_pkey primary key (tenant, id)
);
comment on column api_token.hash is 'SHA-256 of the token; the token itself is shown once and never stored.';
comment on column api_token.last_used_at is 'Coarse: written at most once in some minutes.';

create table outbox (
  tenant uuid not null constraint outbox_tenant_fkey references tenant (id) on delete cascade,
  ordinal bigint generated always as identity,
  topic text not null,
  body jsonb not null,
  created_at timestamptz not null,
  constraint outbox_pkey primary key (tenant, ordinal)
);
comment on table outbox is 'What happened, written in the transaction in which it happened and taken by those whom it causes to act: ids and counts only.';

alter table tenant enable row level security;
alter table tenant force row level security;
alter table api_token enable row level security;
alter table api_token force row level security;
alter table outbox enable row level security;
alter table outbox force row level security;

create policy tenant_own on tenant to dd0c_app_tenant
  using (id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy tenant_list on tenant for select to dd0c_app_system using (true);
create policy api_token_own on api_token to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy api_token_lookup on api_token for select to dd0c_app_system using (true);
create policy outbox_own on outbox to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));

grant select, insert, update on tenant to dd0c_app_tenant;
grant select, insert, update, delete on api_token, outbox to dd0c_app_tenant;
grant select on tenant, api_token to dd0c_app_system;
