-- What an agent says is wrong with it, in its latest heartbeat.

alter table agent_session add column alerts text[] not null default '{}';

comment on column agent_session.alerts is 'Codes of faults, such as spool-full; what is over is left out of the next heartbeat.';
