-- The certificate authority is kept here, sealed, so that replicas share it; and what agents are known to trust.

create table authority (
  id int constraint authority_pkey primary key constraint authority_alone check (id = 1),
  version bigint not null constraint authority_version_positive check (version > 0),
  sealed bytea not null,
  changed_at timestamptz not null
);
comment on table authority is 'Keys, certificates and rotation of the one authority, as one value under a key that is not in this database.';
comment on column authority.version is 'One more with each change; the seal is bound to it.';

alter table authority enable row level security;
alter table authority force row level security;
create policy authority_all on authority to dd0c_app_system using (true);
grant select, insert, update on authority to dd0c_app_system;

alter table certificate add column root text;
alter table certificate add column trust text;
alter table agent add column trust text;
alter table agent add column trust_at timestamptz;

comment on column certificate.root is 'SHA-256 of the root above it, hexadecimal; null for those that are older than this column.';
comment on column certificate.trust is 'Fingerprint of the roots that its holder was given with it.';
comment on column agent.trust is 'Fingerprint of the roots that the agent last said it keeps, or was given with a certificate that it has used.';
