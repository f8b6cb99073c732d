-- Passkeys (WebAuthn): what an authenticator shows of its owner is a random handle, never a person's id.

create table identity.passkey_owner (
  person uuid primary key references identity.account (person),
  handle bytea not null unique check (octet_length(handle) between 16 and 64)
);
comment on table identity.passkey_owner is 'class: staff. The random handle under which authenticators know an account; read by the program itself only.';

create table identity.passkey (
  id                 uuid primary key,
  person             uuid not null references identity.passkey_owner (person),
  credential         bytea not null unique check (octet_length(credential) between 1 and 1023),
  public_key         bytea not null check (octet_length(public_key) <= 8192),
  sign_count         bigint not null check (sign_count >= 0),
  uv_initialized     boolean not null,
  backup_eligible    boolean not null,
  backup_state       boolean not null,
  transports         text collate "C" not null check (transports ~ '^[a-z,-]{0,80}$'),
  attestation        bytea check (octet_length(attestation) <= 65536),
  attestation_client bytea check (octet_length(attestation_client) <= 8192),
  label              text not null check (char_length(label) between 1 and 40),
  created_at         timestamptz not null,
  used_at            timestamptz not null
);
comment on table identity.passkey is 'class: staff. Public keys of passkeys of staff and how often each was used; read by the program itself only.';
create index passkey_person on identity.passkey (person);

alter table identity.passkey_owner enable row level security;
alter table identity.passkey enable row level security;
create policy program on identity.passkey_owner for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.passkey for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert on identity.passkey_owner to heshi_app;
grant select, insert, update, delete on identity.passkey to heshi_app;
