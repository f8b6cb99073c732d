-- How parties signed on their telephones: in one visit of a browser, within seconds, right after code or link was handed out to somebody who cannot be reached. The mark is keyed with
-- the matter: the same browser has another one in each case. All of it goes some time after the case file was bound.
create table mediation.signing (
  matter   uuid not null references matters.matter (id),
  seq      int not null,
  party    smallint not null,
  draft    int not null,
  at       timestamptz not null,
  mark     bytea not null check (octet_length(mark) = 32),
  -- when staff handed out what they signed with; empty where a telephone or a mailbox of theirs is on record
  handed   timestamptz,
  bound_at timestamptz,
  scope    text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  town     text collate "C" generated always as (case when length(scope) >= 9 then left(scope, 9) end) stored,
  county   text collate "C" generated always as (case when length(scope) >= 6 then left(scope, 6) end) stored,
  primary key (matter, seq)
);
comment on table mediation.signing is 'class: owned. Keyed marks of how parties signed, of one case each.';
create index signing_of_county on mediation.signing (county, at);
create index signing_of_town on mediation.signing (town, at);
create index signing_bound on mediation.signing (bound_at) where bound_at is not null;
alter table mediation.signing enable row level security;
grant select, insert, delete, update (bound_at) on mediation.signing to heshi_app;
create policy see on mediation.signing for select to heshi_app using (mediation.is_machine() or mediation.watches(scope) and matters.may_see(matter));
create policy act on mediation.signing for all to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
