-- Joining without a token under policies of an administrator, and recovery of agents whose certificate ran out.

create table challenge_key (
  secret bytea not null,
  made_at timestamptz not null default now()
);
comment on table challenge_key is 'One row: all replicas make and check the numbers of challenges with it. It guards freshness alone; who has it can be let in nowhere.';
insert into challenge_key (secret) values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

create table join_policy (
  tenant uuid not null constraint join_policy_tenant_fkey references tenant (id) on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null constraint join_policy_kind_known check (kind in ('aws', 'kubernetes')),
  rule jsonb not null,
  labels jsonb not null default '{}',
  networks text[] not null default '{}',
  created_at timestamptz not null,
  removed_at timestamptz,
  constraint join_policy_pkey primary key (tenant, id),
  constraint join_policy_id_key unique (id)
);
comment on table join_policy is 'Whom AWS or a cluster must vouch for, so that a host joins without a token.';
comment on column join_policy.rule is 'By kind: accounts and roles, or issuer, audience, keys and service accounts.';
comment on constraint join_policy_id_key on join_policy is 'A host names the policy under which it comes before its tenant is known.';

create table join_admission (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  policy uuid not null,
  key_hash bytea not null,
  agent uuid not null,
  subject text not null,
  evidence bytea not null,
  admitted_at timestamptz not null,
  constraint join_admission_pkey primary key (tenant, policy, key_hash),
  constraint join_admission_evidence_key unique (tenant, policy, evidence),
  constraint join_admission_policy_fkey foreign key (tenant, policy) references join_policy (tenant, id) on delete cascade,
  constraint join_admission_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index join_admission_subject_idx on join_admission (tenant, policy, subject, admitted_at);
comment on table join_admission is 'Which key a policy admitted: the same key may come again after a lost answer and is the same agent.';
comment on column join_admission.subject is 'Whom the evidence named, as in the ARN of a session or a pod; so many may come of one in an hour.';
comment on column join_admission.evidence is 'SHA-256 of what was shown: it admits one key.';

alter table agent add column recovery_key bytea;
alter table agent add column recovery_policy text constraint agent_recovery_policy_known check (recovery_policy ~ '^(never|ask|within [0-9]{1,9})$');
alter table tenant add column recovery_policy text not null default 'ask' constraint tenant_recovery_policy_known check (recovery_policy ~ '^(never|ask|within [0-9]{1,9})$');
comment on column agent.recovery_key is 'SubjectPublicKeyInfo in DER of the key with which it may ask for a certificate after its last one ran out; told at enrolment.';
comment on column agent.recovery_policy is 'Null where the tenant''s holds.';
comment on column tenant.recovery_policy is 'never, ask (a person approves), or within so many seconds after the certificate ended.';

create table recovery_request (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  id uuid not null,
  agent uuid not null,
  key_hash bytea not null,
  serial text not null,
  remote_address text not null,
  asked_at timestamptz not null,
  last_asked_at timestamptz not null,
  decision text constraint recovery_request_decision_known check (decision in ('approved', 'denied')),
  decided_at timestamptz,
  decided_by text,
  recovered_at timestamptz,
  constraint recovery_request_pkey primary key (tenant, id),
  constraint recovery_request_key unique (tenant, agent, key_hash),
  constraint recovery_request_decided_whole check ((decision is null) = (decided_at is null)),
  constraint recovery_request_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index recovery_request_asked_idx on recovery_request (tenant, asked_at desc, id desc);
comment on table recovery_request is 'Agents that ask to come back after their certificate ran out; an approval is for one new key.';

alter table challenge_key enable row level security;
alter table challenge_key force row level security;
alter table join_policy enable row level security;
alter table join_policy force row level security;
alter table join_admission enable row level security;
alter table join_admission force row level security;
alter table recovery_request enable row level security;
alter table recovery_request force row level security;

create policy challenge_key_read on challenge_key for select to dd0c_app_system using (true);
create policy join_policy_own on join_policy to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy join_policy_lookup on join_policy for select to dd0c_app_system using (true);
create policy join_admission_own on join_admission to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy recovery_request_own on recovery_request to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));

grant select on challenge_key, join_policy to dd0c_app_system;
grant select, insert, update on join_policy, join_admission, recovery_request to dd0c_app_tenant;
