-- The audit trail: what happened, in the order in which it was written down, each entry naming the hash of the one before.
-- Nobody changes or removes an entry: the role has no right to, and a trigger stops the owner's slips.

create table audit_entry (
  tenant uuid not null constraint audit_entry_tenant_fkey references tenant (id),
  seq bigint not null constraint audit_entry_seq_counts check (seq > 0),
  prev_hash bytea not null constraint audit_entry_prev_hash_size check (octet_length(prev_hash) = 32),
  hash bytea not null constraint audit_entry_hash_size check (octet_length(hash) = 32),
  line text not null,
  constraint audit_entry_pkey primary key (tenant, seq),
  constraint audit_entry_prev_hash_key unique (tenant, prev_hash)
);
comment on table audit_entry is 'One thing that happened. A chain cannot fork: each entry is followed by one at most.';
comment on column audit_entry.line is 'The entry as canonical JSON (RFC 8785): the very bytes that are hashed.';

create table audit_head (
  tenant uuid not null constraint audit_head_tenant_fkey references tenant (id),
  size bigint not null,
  last_hash bytea not null,
  peaks bytea not null,
  constraint audit_head_pkey primary key (tenant)
);
comment on table audit_head is 'Where a tenant''s trail ends, and the roots of the full subtrees of its Merkle tree (RFC 6962), the largest first, 32 bytes each.';

create table audit_checkpoint (
  tenant uuid not null constraint audit_checkpoint_tenant_fkey references tenant (id),
  size bigint not null,
  note text not null,
  signed_at timestamptz not null,
  constraint audit_checkpoint_pkey primary key (tenant, size)
);
comment on table audit_checkpoint is 'Signed heads of the past (C2SP tlog-checkpoint), as they were given out.';

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only ever added to' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entry_stays before update or delete or truncate on audit_entry
  for each statement execute function refuse_audit_change();
create trigger audit_checkpoint_stays before update or delete or truncate on audit_checkpoint
  for each statement execute function refuse_audit_change();

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
alter table audit_head enable row level security;
alter table audit_head force row level security;
alter table audit_checkpoint enable row level security;
alter table audit_checkpoint force row level security;

create policy audit_entry_own on audit_entry to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy audit_head_own on audit_head to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy audit_checkpoint_own on audit_checkpoint to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy outbox_waiting on outbox for select to dd0c_app_system using (true);

grant select, insert on audit_entry, audit_checkpoint to dd0c_app_tenant;
grant select, insert, update on audit_head to dd0c_app_tenant;
grant select (tenant) on outbox to dd0c_app_system;
