-- The fleet: join tokens, the agents that they let in, and every certificate that was issued.

create table join_token (
  tenant uuid not null constraint join_token_tenant_fkey references tenant (id) on delete cascade,
  id uuid not null,
  name text,
  hash bytea not null,
  uses int not null constraint join_token_uses_positive check (uses > 0),
  used int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint join_token_pkey primary key (tenant, id),
  constraint join_token_id_key unique (id),
  constraint join_token_used_within check (used between 0 and uses)
);
comment on column join_token.hash is 'SHA-256 of the secret; the token itself is shown once and never stored.';
comment on constraint join_token_id_key on join_token is 'A host that joins tells the id of its token before its tenant is known.';

create table agent (
  tenant uuid not null constraint agent_tenant_fkey references tenant (id) on delete cascade,
  id uuid not null,
  name text not null,
  hostname text not null,
  version text not null,
  enrolled_at timestamptz not null,
  last_seen_at timestamptz,
  locked_at timestamptz,
  removed_at timestamptz,
  constraint agent_pkey primary key (tenant, id)
);
create index agent_enrolled_idx on agent (tenant, enrolled_at, id);
comment on column agent.name is 'For people: the host name at enrolment, until somebody changes it.';
comment on column agent.last_seen_at is 'Coarse: written by the link, many agents at once.';
comment on column agent.removed_at is 'A removed agent stays as a row, so that its certificates and findings keep their owner.';

create table join_token_use (
  tenant uuid not null,
  token uuid not null,
  key_hash bytea not null,
  agent uuid not null,
  used_at timestamptz not null,
  constraint join_token_use_pkey primary key (tenant, token, key_hash),
  constraint join_token_use_token_fkey foreign key (tenant, token) references join_token (tenant, id) on delete cascade,
  constraint join_token_use_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
comment on table join_token_use is 'Which key a token was spent on: the same key may come again after a lost answer and is the same agent.';
comment on column join_token_use.key_hash is 'SHA-256 of the SubjectPublicKeyInfo in DER.';

create table certificate (
  tenant uuid not null constraint certificate_tenant_fkey references tenant (id) on delete cascade,
  serial text not null,
  agent uuid not null,
  subject text not null,
  key_hash bytea not null,
  fingerprint text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  issued_at timestamptz not null,
  revoked_at timestamptz,
  constraint certificate_pkey primary key (tenant, serial),
  constraint certificate_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index certificate_agent_idx on certificate (tenant, agent, issued_at desc, serial desc);
create index certificate_issued_idx on certificate (tenant, issued_at desc, serial desc);
comment on table certificate is 'Everything issued to agents, written in the transaction that spends the token.';
comment on column certificate.serial is 'Hexadecimal, in lower case.';
comment on column certificate.fingerprint is 'SHA-256 of the certificate in DER, hexadecimal.';

create table own_certificate (
  serial text constraint own_certificate_pkey primary key,
  role text not null constraint own_certificate_role_known check (role in ('root', 'agents', 'servers', 'server')),
  subject text not null,
  key_hash bytea not null,
  fingerprint text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  recorded_at timestamptz not null
);
comment on table own_certificate is 'The certificates of the installation itself, which belong to no tenant: root, intermediates, servers.';

alter table join_token enable row level security;
alter table join_token force row level security;
alter table agent enable row level security;
alter table agent force row level security;
alter table join_token_use enable row level security;
alter table join_token_use force row level security;
alter table certificate enable row level security;
alter table certificate force row level security;
alter table own_certificate enable row level security;
alter table own_certificate force row level security;

create policy join_token_own on join_token to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy join_token_lookup on join_token for select to dd0c_app_system using (true);
create policy agent_own on agent to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy join_token_use_own on join_token_use to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy certificate_own on certificate to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy own_certificate_record on own_certificate to dd0c_app_system using (true);

grant select, insert, update, delete on join_token, agent, join_token_use, certificate to dd0c_app_tenant;
grant select on join_token to dd0c_app_system;
grant select, insert on own_certificate to dd0c_app_system;
