-- Agents that are asked from afar to finish what they do and to end.

alter table agent add column drain_id uuid;
alter table agent add column drain_asked_at timestamptz;
alter table agent add column drain_received_at timestamptz;
alter table agent add constraint agent_drain_whole check ((drain_id is null) = (drain_asked_at is null) and (drain_received_at is null or drain_id is not null));

comment on column agent.drain_id is 'The order to drain, until the agent is started again.';
comment on column agent.drain_received_at is 'When the agent said that it has it; null while it has not come.';
