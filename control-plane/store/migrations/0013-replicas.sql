-- Several replicas over one database: who holds which agent's stream, and which agents have something to hear.

create table replica (
  id uuid constraint replica_pkey primary key,
  name text not null,
  started_at timestamptz not null,
  lease_until timestamptz not null
);
comment on table replica is 'The servers that run now. One that has no row any more holds nothing: what it still tries to write for its agents is refused.';
comment on column replica.lease_until is 'By the clock of the database, so that the clocks of replicas need not agree. When it has passed, any other replica takes the row away.';

alter table agent_session add column replica uuid;
create index agent_session_open_idx on agent_session (tenant, agent) where disconnected_at is null;
comment on column agent_session.replica is 'Who holds the stream; null for sessions older than this column. No foreign key: history outlives replicas.';

create table agent_command (
  tenant uuid not null default nullif(current_setting('app.tenant', true), '')::uuid,
  agent uuid not null,
  raised bigint not null default 1,
  heeded bigint not null default 0,
  constraint agent_command_pkey primary key (tenant, agent),
  constraint agent_command_agent_fkey foreign key (tenant, agent) references agent (tenant, id) on delete cascade
);
create index agent_command_waiting_idx on agent_command (tenant, agent) where raised > heeded;
comment on table agent_command is 'Agents for whose stream there may be news: orders, cancellations, a lock, a removal, a revocation. What the news is stands in the tables that it came from.';
comment on column agent_command.raised is 'Counts what was written; triggers do, so that nothing which concerns a live stream can forget to.';
comment on column agent_command.heeded is 'How much of it the replica that holds the stream has looked at. A new session looks by itself.';

create function raise_agent(own_tenant uuid, own_agent uuid) returns void
  language sql set search_path = dd0c, pg_temp
begin atomic
  insert into agent_command as command (tenant, agent) values (own_tenant, own_agent)
  on conflict (tenant, agent) do update set raised = command.raised + 1;
end;

create function raise_from_agent() returns trigger language plpgsql set search_path = dd0c, pg_temp as $$
begin
  perform raise_agent(new.tenant, new.id);
  return null;
end $$;

create function raise_from_what_is_of_an_agent() returns trigger language plpgsql set search_path = dd0c, pg_temp as $$
begin
  perform raise_agent(new.tenant, new.agent);
  return null;
end $$;

create trigger agent_command_raised after update of locked_at, removed_at, drain_id on agent for each row
  when ((new.locked_at, new.removed_at, new.drain_id) is distinct from (old.locked_at, old.removed_at, old.drain_id))
  execute function raise_from_agent();
create trigger agent_command_raised after update of revoked_at on certificate for each row
  when (new.revoked_at is distinct from old.revoked_at)
  execute function raise_from_what_is_of_an_agent();
create trigger agent_command_raised after insert on agent_order for each row
  execute function raise_from_what_is_of_an_agent();
create trigger agent_command_raised after insert on step_order for each row
  execute function raise_from_what_is_of_an_agent();
create trigger agent_command_recalled after update of cancelled_at on step_order for each row
  when (new.cancelled_at is distinct from old.cancelled_at)
  execute function raise_from_what_is_of_an_agent();

alter table replica enable row level security;
alter table replica force row level security;
alter table agent_command enable row level security;
alter table agent_command force row level security;

create policy replica_keep on replica to dd0c_app_system using (true);
create policy replica_look on replica for select to dd0c_app_tenant using (true);
create policy agent_command_own on agent_command to dd0c_app_tenant
  using (tenant = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy agent_command_lookup on agent_command for select to dd0c_app_system using (true);
create policy agent_session_lookup on agent_session for select to dd0c_app_system using (disconnected_at is null);

grant select, insert, update, delete on replica to dd0c_app_system;
grant select (id) on replica to dd0c_app_tenant;
grant select, insert, update, delete on agent_command to dd0c_app_tenant;
grant select on agent_command to dd0c_app_system;
grant select (tenant, agent, replica, disconnected_at) on agent_session to dd0c_app_system;
