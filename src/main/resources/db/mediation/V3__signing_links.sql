-- One-time links by which a party signs one text on their own telephone. The link itself is kept nowhere, only its digest; whoever holds it needs the
-- party's own code besides.
create table mediation.signing_link (
  digest      bytea primary key check (octet_length(digest) = 32),
  matter      uuid not null references matters.matter (id),
  party       smallint not null check (party > 0),
  -- the entry whose text is signed, and that entry's digest
  draft       int not null check (draft > 0),
  text        bytea not null check (octet_length(text) = 32),
  made_at     timestamptz not null,
  expires_at  timestamptz not null check (expires_at > made_at),
  used_at     timestamptz,
  replaced_at timestamptz,
  check (used_at is null or replaced_at is null)
);
comment on table mediation.signing_link is 'class: owned. One-time links by which a party signs, by digest.';
-- of one party there is one that works
create unique index signing_link_alive on mediation.signing_link (matter, party) where used_at is null and replaced_at is null;
create index signing_link_matter on mediation.signing_link (matter);
alter table mediation.signing_link enable row level security;
grant select, insert, delete, update (used_at, replaced_at) on mediation.signing_link to heshi_app;
-- a stranger who opens one is looked up by a part of the program and reads no row
create policy see on mediation.signing_link for select to heshi_app using (current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and matters.may_see(matter));
create policy add on mediation.signing_link for insert to heshi_app with check (current_setting('app.kind', true) = 'staff' and matters.may_see(matter));
create policy finish on mediation.signing_link for update to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy forget on mediation.signing_link for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
