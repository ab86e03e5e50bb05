-- Renewal: each certificate of an agent has a generation, and the agent remembers which one it connected with last.

alter table agent add column generation int not null default 1;
alter table agent add column key_hash bytea;
alter table certificate add column generation int not null default 1;

comment on column agent.generation is 'Of the certificate that it connected with last. An older one that is shown after that is a copy.';
comment on column agent.key_hash is 'SHA-256 of the key that it connected with last; null before the first connection.';
comment on column certificate.generation is '1 at enrolment; a successor is one more than what its agent connected with when it asked.';
