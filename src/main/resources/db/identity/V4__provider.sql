-- The county's own sign-in (OpenID Connect): accounts are bound by issuer and subject, never by name.

create table identity.provider_account (
  issuer   text collate "C" not null check (char_length(issuer) between 1 and 500),
  subject  text collate "C" not null check (char_length(subject) between 1 and 255),
  person   uuid not null references identity.account (person),
  bound_at timestamptz not null,
  primary key (issuer, subject),
  unique (person, issuer)
);
comment on table identity.provider_account is 'class: staff. Which subject of which provider is which account; read by the program itself only.';

create table identity.bind_link (
  id         bytea primary key check (octet_length(id) = 32),
  person     uuid not null references identity.account (person),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  check (created_at < expires_at)
);
comment on table identity.bind_link is 'class: staff. One-time links to bind an account to a subject of the provider, as SHA-256; single use, 48 hours.';
create index bind_link_person on identity.bind_link (person);

alter table identity.provider_account enable row level security;
alter table identity.bind_link enable row level security;
create policy program on identity.provider_account for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.bind_link for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, delete on identity.provider_account to heshi_app;
grant select, insert, update on identity.bind_link to heshi_app;

-- The provider's own name of a visit that signed in there; empty when it gave none, null for all others.
alter table identity.session add column via text collate "C" check (char_length(via) <= 255);
create index session_via on identity.session (via) where via is not null;
