-- Runbooks: what was imported and how far it is trusted; executions, who approved what, and what came of it.

create table runbook (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid
    constraint runbook_tenant_fkey references tenant (id) on delete cascade,
  ordinal bigint generated always as identity,
  name text collate "C" not null,
  version text collate "C" not null,
  title text not null,
  document text not null,
  model jsonb not null,
  verdicts jsonb not null,
  trust text not null constraint runbook_trust_known check (trust in ('manual', 'approve', 'auto-read', 'auto')),
  trust_set_by text,
  trust_set_at timestamptz,
  imported_by text not null,
  imported_at timestamptz not null,
  constraint runbook_pkey primary key (tenant, name, version)
);
create index runbook_newest_idx on runbook (tenant, name, ordinal desc);
comment on column runbook.version is 'SHA-256 over the canonical bytes of what the document means, in hexadecimal: comments and layout do not change it.';
comment on column runbook.verdicts is 'What the safety scanner said of each step at import, with its reasons.';
comment on column runbook.trust is 'An operator''s word on this version; what the document says of itself counts for nothing.';

create table approver_key (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid
    constraint approver_key_tenant_fkey references tenant (id) on delete cascade,
  id text not null,
  name text not null,
  public_key text not null,
  owner uuid not null,
  owner_name text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  constraint approver_key_pkey primary key (tenant, id)
);
comment on table approver_key is 'Public halves of the Ed25519 keys with which people approve; the private halves never come here.';
comment on column approver_key.owner is 'The API token of the person whose key it is; a signature counts only from its hands.';

create table execution (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid
    constraint execution_tenant_fkey references tenant (id) on delete cascade,
  id uuid not null,
  ordinal bigint generated always as identity,
  runbook text collate "C" not null,
  version text collate "C" not null,
  trust text not null,
  agent uuid not null,
  parameters jsonb not null,
  requester uuid not null,
  requester_name text not null,
  finding text,
  stack text,
  rollback_of uuid,
  is_cancelled boolean not null default false,
  standing text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  scan_order uuid,
  constraint execution_pkey primary key (tenant, id),
  constraint execution_runbook_fkey foreign key (tenant, runbook, version) references runbook (tenant, name, version),
  constraint execution_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index execution_list_idx on execution (tenant, ordinal desc);
create index execution_finding_idx on execution (tenant, finding, ordinal desc) where finding is not null;
comment on column execution.trust is 'As it was when it began.';
comment on column execution.scan_order is 'The scan that is to show whether the finding is gone.';

create table execution_step (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  execution uuid not null,
  position int not null,
  step text not null,
  part text not null constraint execution_step_part_known check (part in ('run', 'probe', 'rollback')),
  plan jsonb not null,
  plan_hash text not null,
  verdict jsonb not null,
  need text not null constraint execution_step_need_known check (need in ('nothing', 'approval', 'never')),
  retries int not null,
  state text not null constraint execution_step_state_known check (state in ('pending', 'waiting', 'ordered', 'running', 'ended')),
  nonce text,
  ask_until timestamptz,
  lease uuid,
  attempt int,
  how text,
  why text,
  started_at timestamptz,
  ended_at timestamptz,
  result bytea,
  constraint execution_step_pkey primary key (tenant, execution, position),
  constraint execution_step_execution_fkey foreign key (tenant, execution) references execution (tenant, id) on delete cascade,
  constraint execution_step_never_runs check (need <> 'never' or state in ('pending', 'ended'))
);
create index execution_step_waiting_idx on execution_step (tenant, ask_until) where state = 'waiting';
comment on constraint execution_step_never_runs on execution_step is 'What is forbidden never runs, whatever the program above thinks.';
comment on column execution_step.result is 'As the agent sent it, byte for byte.';

create table approval (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  nonce text not null,
  execution uuid not null,
  position int not null,
  decision text not null constraint approval_decision_known check (decision in ('approved', 'denied')),
  approver uuid not null,
  approver_name text not null,
  key text,
  statement bytea,
  signature bytea,
  reason text,
  not_after timestamptz,
  decided_at timestamptz not null,
  constraint approval_pkey primary key (tenant, nonce),
  constraint approval_signed check (decision = 'denied' or (key is not null and statement is not null and signature is not null and not_after is not null)),
  constraint approval_step_fkey foreign key (tenant, execution, position) references execution_step (tenant, execution, position) on delete cascade
);
comment on table approval is 'One decision a question: its key makes a second one impossible.';

create table step_order (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  id uuid not null,
  agent uuid not null,
  execution uuid not null,
  position int not null,
  attempt int not null,
  nonce text not null,
  envelope bytea not null,
  issued_at timestamptz not null,
  not_after timestamptz not null,
  overdue_at timestamptz not null,
  offered_at timestamptz,
  delivered_at timestamptz,
  begun_at timestamptz,
  cancelled_at timestamptz,
  ended_at timestamptz,
  constraint step_order_pkey primary key (tenant, id),
  constraint step_order_step_fkey foreign key (tenant, execution, position) references execution_step (tenant, execution, position) on delete cascade,
  constraint step_order_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index step_order_open_idx on step_order (tenant, agent, issued_at) where ended_at is null;
comment on column step_order.id is 'The lease: one order is one attempt.';
comment on column step_order.offered_at is 'Written before it is sent: an order that was never offered has surely not begun.';
comment on column step_order.overdue_at is 'When an agent that has it must have told its end; after that it is unknown.';

create table execution_event (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  execution uuid not null,
  ordinal bigint generated always as identity,
  at timestamptz not null,
  kind text not null,
  position int,
  body jsonb,
  lease uuid,
  piece int,
  stream text,
  at_ms bigint,
  data bytea,
  constraint execution_event_pkey primary key (tenant, execution, ordinal),
  constraint execution_event_execution_fkey foreign key (tenant, execution) references execution (tenant, id) on delete cascade
);
create unique index execution_event_piece_key on execution_event (tenant, lease, piece) where piece is not null;
comment on table execution_event is 'What happened and what steps wrote, in the order in which it was committed: whoever writes holds the row of the execution.';

alter table runbook enable row level security;
alter table runbook force row level security;
alter table approver_key enable row level security;
alter table approver_key force row level security;
alter table execution enable row level security;
alter table execution force row level security;
alter table execution_step enable row level security;
alter table execution_step force row level security;
alter table approval enable row level security;
alter table approval force row level security;
alter table step_order enable row level security;
alter table step_order force row level security;
alter table execution_event enable row level security;
alter table execution_event force row level security;

create policy runbook_own on runbook to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy approver_key_own on approver_key to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy execution_own on execution to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy execution_step_own on execution_step to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy approval_own on approval to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy step_order_own on step_order to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy execution_event_own on execution_event to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));

grant select, insert, update on runbook, approver_key, execution, execution_step, step_order to dd0c_app_tenant;
grant select, insert on approval, execution_event to dd0c_app_tenant;
