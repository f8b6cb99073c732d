grant usage on schema privacy to heshi_app, heshi_follower;

-- Every version of the notice that was ever shown, as text.
create table privacy.notice (
  version      int primary key check (version >= 1),
  digest       bytea not null check (octet_length(digest) = 32),
  source       text not null,
  published_at timestamptz not null
);
comment on table privacy.notice is 'class: public. Versions of the register of purposes, which is the notice on personal data.';
grant select, insert on privacy.notice to heshi_app;

-- Whether the post that acts watches over this place as a supervisor or auditor.
create function privacy.watches(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'machine'
    or current_setting('app.kind', true) = 'staff'
       and string_to_array(current_setting('app.roles', true), ',') && array['supervisor', 'auditor']
       and nullif(current_setting('app.scope', true), '') is not null
       and starts_with(place, current_setting('app.scope', true))
$$;
comment on function privacy.watches is 'Whether who acts is a supervisor or auditor of the place, or the program itself.';

-- What keeps a matter from being put away and erased.
create table privacy.hold (
  id       uuid primary key,
  matter   uuid not null references matters.matter (id),
  number   text collate "C" not null check (number ~ '^[0-9]{13}$'),
  scope    text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  ground   text not null check (ground in ('court', 'review', 'discipline', 'audit', 'request', 'other')),
  paper    text not null default '' check (char_length(paper) <= 120),
  until    date,
  at       timestamptz not null,
  person   uuid not null,
  post     uuid not null,
  unit     uuid not null,
  ended_at timestamptz check (ended_at >= at),
  ended_by uuid,
  check ((ended_at is null) = (ended_by is null))
);
comment on table privacy.hold is 'class: owned. Holds by law on matters: ground, by whom, until when. Number of the paper that orders it, no words of the matter.';
create index hold_of_matter on privacy.hold (matter) where ended_at is null;
alter table privacy.hold enable row level security;
grant select, insert on privacy.hold to heshi_app;
grant update (ended_at, ended_by) on privacy.hold to heshi_app;
create policy see on privacy.hold for select to heshi_app using (privacy.watches(scope));
create policy add on privacy.hold for insert to heshi_app with check (privacy.watches(scope));
create policy finish on privacy.hold for update to heshi_app using (privacy.watches(scope));

-- How far the newest round of the retention job has come.
create table privacy.round (
  one      boolean primary key default true check (one),
  began_at timestamptz not null,
  seen_at  timestamptz not null,
  ended_at timestamptz,
  looked   bigint not null default 0,
  put_away bigint not null default 0,
  erased   bigint not null default 0,
  held     bigint not null default 0,
  failed   bigint not null default 0
);
comment on table privacy.round is 'class: staff. How far the newest round of the retention job has come. Names nobody.';
alter table privacy.round enable row level security;
grant select, insert, update on privacy.round to heshi_app;
create policy see on privacy.round for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy write on privacy.round for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');

-- A matter that is put away was opened, by whom and why.
create table privacy.opening (
  id     uuid primary key,
  matter uuid not null references matters.matter (id),
  number text collate "C" not null check (number ~ '^[0-9]{13}$'),
  scope  text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  person uuid not null,
  post   uuid not null,
  unit   uuid not null,
  reason text not null check (reason in ('court', 'review', 'discipline', 'request', 'similar', 'other')),
  paper  text not null default '' check (char_length(paper) <= 120),
  at     timestamptz not null
);
comment on table privacy.opening is 'class: owned. Who opened a matter that was put away, and why; read by supervisors and auditors of the place.';
create index opening_at on privacy.opening (at);
alter table privacy.opening enable row level security;
grant select, insert, delete on privacy.opening to heshi_app;
create policy see on privacy.opening for select to heshi_app using (privacy.watches(scope));
create policy add on privacy.opening for insert to heshi_app
  with check (current_setting('app.kind', true) = 'staff' and person = nullif(current_setting('app.person', true), '')::uuid);
create policy forget on privacy.opening for delete to heshi_app using (current_setting('app.kind', true) = 'machine');

-- Requests of data subjects: which matter they are about. The request itself is a matter of the kind rights.
create table privacy.request (
  request     uuid primary key references matters.matter (id),
  number      text collate "C" not null check (number ~ '^[0-9]{13}$'),
  about       uuid not null references matters.matter (id),
  about_number text collate "C" not null check (about_number ~ '^[0-9]{13}$'),
  party       smallint not null check (party >= 1),
  what        text not null check (what in ('access', 'copy', 'correct', 'complete', 'delete', 'explain', 'complain')),
  kin         boolean not null,
  at          timestamptz not null,
  outcome     text,
  answered_at timestamptz,
  carried_at  timestamptz,
  check ((outcome is null) = (answered_at is null))
);
comment on table privacy.request is 'class: owned. Which request of a data subject is about which matter, and whether it was answered and carried out. No words.';
create index request_about on privacy.request (about);
create index request_to_carry on privacy.request (answered_at) where answered_at is not null and carried_at is null;
alter table privacy.request enable row level security;
grant select, insert on privacy.request to heshi_app;
grant update (carried_at) on privacy.request to heshi_app;
grant select, insert on privacy.request to heshi_follower;
grant update (outcome, answered_at) on privacy.request to heshi_follower;
create policy see on privacy.request for select to heshi_app using (matters.may_see(request) or matters.may_see(about)
  and current_setting('app.kind', true) = 'resident' and party = nullif(current_setting('app.party', true), '')::smallint);
create policy add on privacy.request for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
create policy carry on privacy.request for update to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy follow on privacy.request for all to heshi_follower using (true) with check (true);

-- What a data subject was given at once, with number and code.
create table privacy.copy (
  id    uuid primary key,
  about uuid not null references matters.matter (id),
  party smallint not null check (party >= 1),
  form  text not null check (form in ('page', 'file')),
  at    timestamptz not null
);
comment on table privacy.copy is 'class: owned. Copies that data subjects took of what is held of them in a matter.';
create index copy_at on privacy.copy (at);
create index copy_about on privacy.copy (about);
alter table privacy.copy enable row level security;
grant select, insert, delete on privacy.copy to heshi_app;
create policy see on privacy.copy for select to heshi_app using (matters.may_see(about));
create policy add on privacy.copy for insert to heshi_app
  with check (current_setting('app.kind', true) = 'resident' and about = nullif(current_setting('app.matter', true), '')::uuid);
create policy forget on privacy.copy for delete to heshi_app using (current_setting('app.kind', true) = 'machine');

-- The book of breaches (PIPL 57): nothing in it is changed; what becomes known later is added.
create table privacy.incident (
  id       uuid primary key,
  scope    text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  title    text not null check (char_length(title) between 1 and 100),
  found_at timestamptz not null,
  at       timestamptz not null check (at >= found_at),
  person   uuid not null,
  post     uuid not null,
  unit     uuid not null
);
comment on table privacy.incident is 'class: staff. Breaches of personal data: what, and when it was found. Supervisors and auditors of the place alone.';
create table privacy.incident_note (
  id       uuid primary key,
  incident uuid not null references privacy.incident (id),
  what     text not null check (what in ('kinds', 'people', 'cause', 'harm', 'remedy', 'told-authority', 'told-people', 'not-told', 'closed')),
  words    text not null check (char_length(words) between 1 and 5000),
  done_at  timestamptz,
  at       timestamptz not null,
  person   uuid not null,
  post     uuid not null,
  unit     uuid not null
);
comment on table privacy.incident_note is 'class: staff. What was found out, done and told of a breach, in order. Only added to.';
create index incident_note_of on privacy.incident_note (incident, at);
create function privacy.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the book of breaches is only added to' using errcode = 'integrity_constraint_violation';
end $$;
create trigger incident_is_kept before update or delete on privacy.incident for each row execute function privacy.refuse_change();
create trigger incident_note_is_kept before update or delete on privacy.incident_note for each row execute function privacy.refuse_change();
alter table privacy.incident enable row level security;
alter table privacy.incident_note enable row level security;
grant select, insert on privacy.incident, privacy.incident_note to heshi_app;
create policy see on privacy.incident for select to heshi_app using (privacy.watches(scope));
create policy add on privacy.incident for insert to heshi_app with check (privacy.watches(scope));
create policy see on privacy.incident_note for select to heshi_app using (exists (select from privacy.incident i where i.id = incident));
create policy add on privacy.incident_note for insert to heshi_app with check (exists (select from privacy.incident i where i.id = incident));
revoke all on all functions in schema privacy from public;
grant execute on function privacy.watches(text) to heshi_app, heshi_follower;
