-- Who may join with a token, and what it makes of them; and certificates that are revoked one by one.

alter table join_token add column labels jsonb not null default '{}';
alter table join_token add column networks text[] not null default '{}';
alter table agent add column labels jsonb not null default '{}';
alter table agent_session add column serial text;

comment on column join_token.labels is 'Given to every agent that joins with it; an agent has no say in them.';
comment on column join_token.networks is 'CIDR blocks from one of which a host must join; none means any.';
comment on column agent_session.serial is 'Of the certificate that it came with; null for sessions older than this column.';
