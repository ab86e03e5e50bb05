-- Drift: stacks, the reports on them, their findings and what became of each.

create table stack (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid
    constraint stack_tenant_fkey references tenant (id) on delete cascade,
  ordinal bigint generated always as identity,
  id text collate "C" not null,
  kind text not null,
  source text not null,
  against text not null,
  agent uuid not null,
  first_seen_at timestamptz not null,
  observed_at timestamptz not null,
  last_report bigint,
  constraint stack_pkey primary key (tenant, ordinal),
  constraint stack_id_key unique (tenant, id)
);
comment on column stack.id is 'As its agent names it: from configuration, the lineage of a state, or a path. Unique in its tenant.';
comment on column stack.observed_at is 'When the newest report on it was made; kind, source, against and agent are that report''s.';

create table report (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  ordinal bigint generated always as identity,
  id uuid not null,
  agent uuid not null,
  stack bigint not null,
  observed_at timestamptz not null,
  received_at timestamptz not null,
  conclusive boolean not null,
  head jsonb not null,
  findings int not null,
  noise int not null,
  opened int not null default 0,
  changed int not null default 0,
  resolved int not null default 0,
  reopened int not null default 0,
  constraint report_pkey primary key (tenant, ordinal),
  constraint report_id_key unique (tenant, agent, id),
  constraint report_stack_fkey foreign key (tenant, stack) references stack (tenant, ordinal) on delete cascade
);
create index report_history_idx on report (tenant, stack, observed_at desc, ordinal desc);
comment on column report.id is 'Made by the agent when it spooled the report, so that a report that comes again is known.';
comment on column report.observed_at is 'When the scan was made, but never later than it was received: a clock that runs ahead must not outlive its own mistake.';
comment on column report.conclusive is 'Whether the absence of a finding means something: the stack could be read, and everything that was not checked is named.';
comment on column report.head is 'The report without its findings, as it was sent.';

create table finding (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  ordinal bigint generated always as identity,
  stack bigint not null,
  fingerprint text collate "C" not null,
  address text not null,
  type text not null,
  change text not null,
  cause text not null,
  severity text not null constraint finding_severity_known check (severity in ('low', 'medium', 'high', 'critical')),
  severity_rule text not null,
  noise boolean not null,
  properties jsonb not null,
  moved_from text,
  position int not null,
  first_seen_at timestamptz not null,
  first_report bigint not null,
  last_seen_at timestamptz not null,
  resolved_at timestamptz,
  last_report bigint not null,
  constraint finding_pkey primary key (tenant, ordinal),
  constraint finding_fingerprint_key unique (tenant, stack, fingerprint)
);
comment on column finding.stack is 'No foreign key: whoever writes findings holds the row of their stack, and a check for each row would cost a sixth of the whole.';
comment on column finding.ordinal is 'Its id, and the order of lists: it never changes, where every time can.';
comment on column finding.first_report is 'The report that opened it; the oldest scan that has it counts.';
comment on column finding.last_report is 'The newest report that has it, whose words the row holds; position is its place there.';
comment on column finding.resolved_at is 'When the first conclusive report without it was made, after the last one with it.';

create table finding_event (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  finding bigint not null,
  ordinal bigint generated always as identity,
  report bigint not null,
  kind text not null constraint finding_event_kind_known check (kind in ('changed', 'resolved', 'reopened')),
  at timestamptz not null,
  previous jsonb,
  constraint finding_event_pkey primary key (tenant, finding, ordinal),
  constraint finding_event_finding_fkey foreign key (tenant, finding) references finding (tenant, ordinal) on delete cascade
);
comment on table finding_event is 'What became of a finding after it was opened, which its own row tells: most findings never change.';
comment on column finding_event.report is 'The report that told.';
comment on column finding_event.previous is 'What a change replaced: severity, change, cause and properties as they were.';

create function gap_covers(gaps jsonb, address text) returns boolean
  language sql immutable parallel safe
  return exists (
    select from jsonb_array_elements(gaps) as gap
    where address = gap ->> 'address'
      or starts_with(address, (gap ->> 'address') || '.')
      or starts_with(address, (gap ->> 'address') || '['));
comment on function gap_covers is 'Whether an address, or the module or resource around it, is among the places that a report did not check.';

alter table stack enable row level security;
alter table stack force row level security;
alter table report enable row level security;
alter table report force row level security;
alter table finding enable row level security;
alter table finding force row level security;
alter table finding_event enable row level security;
alter table finding_event force row level security;

create policy stack_own on stack to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy report_own on report to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy finding_own on finding to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy finding_event_own on finding_event to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));

grant select, insert, update, delete on stack, report, finding, finding_event to dd0c_app_tenant;
