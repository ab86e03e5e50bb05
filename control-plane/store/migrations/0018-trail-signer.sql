-- The key that signs the heads of the audit trail is kept here, sealed, so that every replica signs with the same one.

create table trail_signer (
  id int constraint trail_signer_pkey primary key constraint trail_signer_alone check (id = 1),
  sealed bytea not null,
  created_at timestamptz not null
);
comment on table trail_signer is 'The Ed25519 key (PKCS #8 in DER) under the key that seals the authority, which is not in this database.';

alter table trail_signer enable row level security;
alter table trail_signer force row level security;
create policy trail_signer_all on trail_signer to dd0c_app_system using (true);
grant select, insert on trail_signer to dd0c_app_system;
