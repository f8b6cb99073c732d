-- Who mediates, in which rooms and when, what a mediator has in hand and earns, what is counted, and what agreements look like one another.
-- All but the roster itself comes of acts and is written within their transactions.
grant usage on schema mediation to heshi_app;

-- Whoever is inside reads the roster; residents only what its people chose to show.
create function mediation.is_inside() returns boolean language sql stable parallel safe set search_path = '' as $$
  select coalesce(current_setting('app.kind', true), '') in ('staff', 'machine')
$$;
create function mediation.is_public() returns boolean language sql stable parallel safe set search_path = '' as $$
  select coalesce(current_setting('app.kind', true), '') in ('passerby', 'resident')
$$;
create function mediation.is_machine() returns boolean language sql stable parallel safe set search_path = '' as $$
  select coalesce(current_setting('app.kind', true), '') = 'machine'
$$;
create function mediation.has_role(variadic roles text[]) returns boolean language sql stable parallel safe set search_path = '' as $$
  select coalesce(current_setting('app.kind', true), '') = 'staff' and string_to_array(coalesce(current_setting('app.roles', true), ''), ',') && roles
$$;
-- Administrators, and the head of the committee itself.
create function mediation.keeps(unit uuid) returns boolean language sql stable parallel safe set search_path = '' as $$
  select mediation.is_machine() or mediation.has_role('administrator')
      or mediation.has_role('head') and unit = nullif(current_setting('app.unit', true), '')::uuid
$$;
-- A place that who acts watches as a whole.
create function mediation.watches(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select mediation.is_machine() or mediation.has_role('supervisor', 'head', 'auditor')
    and starts_with(place, nullif(current_setting('app.scope', true), ''))
$$;

create table mediation.body (
  unit       uuid primary key references directory.unit (id),
  division   text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  sort       text not null check (sort in ('village', 'town', 'region', 'enterprise', 'trade', 'studio')),
  field      text check (field in ('medical', 'traffic', 'labour', 'property', 'marriage', 'consumer', 'construction', 'land', 'environment', 'finance',
                                   'education', 'tourism', 'intellectual', 'insurance', 'other')),
  intro      text not null default '' check (char_length(intro) <= 1000),
  address    text not null default '' check (char_length(address) <= 120),
  phone      text not null default '' check (char_length(phone) <= 40),
  listed     boolean not null default false,
  changed_at timestamptz not null,
  changed_by uuid not null,
  check (sort <> 'trade' or field is not null)
);
comment on table mediation.body is 'class: staff. What kind of committee or studio a unit is, and what it says of itself; residents read the listed ones.';
create index body_of_place on mediation.body (division, unit);

create table mediation.mediator (
  post       uuid primary key references directory.post (id),
  unit       uuid not null references directory.unit (id),
  division   text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  standing   text not null check (standing in ('director', 'deputy', 'member', 'hired')),
  woman      boolean not null default false,
  skills     text[] not null check (skills <@ array['marriage', 'neighbours', 'house', 'contract', 'business', 'damage', 'land', 'expropriation', 'environment',
                                                    'labour', 'consumer', 'medical', 'traffic', 'property', 'other']),
  languages  text[] not null check (cardinality(languages) <= 8),
  most       smallint not null check (most between 0 and 500),
  term_from  date,
  term_to    date,
  listed     boolean not null default false,
  works      boolean not null default true,
  changed_at timestamptz not null,
  changed_by uuid not null,
  check (term_to > term_from and term_to <= (term_from + interval '3 years')::date),
  check ((term_from is null) = (term_to is null))
);
comment on table mediation.mediator is 'class: staff. The roster: what a mediator''s post is good for, how much it takes on and until when; residents read the listed ones.';
comment on column mediation.mediator.most is 'how many open cases at a time';
comment on column mediation.mediator.listed is 'the mediator chose to stand on the public page';
create index mediator_of_place on mediation.mediator (division, post) where works;
create index mediator_listed on mediation.mediator (division, post) where works and listed;
create index mediator_of_unit on mediation.mediator (unit, post) where works;
create unique index mediator_one_director on mediation.mediator (unit) where works and standing = 'director';

-- A row for each skill and language: under row-level security only plain comparisons of columns reach an index.
create table mediation.skill (
  skill    text collate "C" not null check (skill ~ '^[a-z][a-z-]{0,30}(:.{1,30})?$'),
  division text collate "C" not null,
  post     uuid not null references mediation.mediator (post) on delete cascade,
  listed   boolean not null,
  primary key (skill, division, post)
);
comment on table mediation.skill is 'class: staff. What mediators are good at and speak (language:...), as the roster says, for finding them.';
create index skill_of_post on mediation.skill (post);

create table mediation.training (
  id      uuid primary key,
  post    uuid not null references mediation.mediator (post),
  person  uuid not null references directory.person (id),
  day     date not null,
  hours   numeric(4, 1) not null check (hours > 0 and hours <= 400),
  subject text not null check (char_length(subject) between 1 and 100),
  at      timestamptz not null,
  by_post uuid not null
);
comment on table mediation.training is 'class: staff. Training of a mediator: which day, how long, in what.';
create index training_of_post on mediation.training (post, day desc);

-- What is in whose hands. Comes of appointments and of how the case goes on.
create table mediation.held (
  matter  uuid not null references matters.matter (id),
  post    uuid not null,
  main    boolean not null,
  open    boolean not null,
  since   timestamptz not null,
  due     date,
  primary key (matter, post)
) with (fillfactor = 80);
comment on table mediation.held is 'class: owned. Cases of a mediator: in hand while open; due is the first instalment that waits to be performed.';
create index held_open on mediation.held (post, since, matter) where open;
create index held_due on mediation.held (post, due, matter) where due is not null;
create index held_past on mediation.held (post, since desc, matter) where not open;

create table mediation.room (
  id       uuid primary key,
  unit     uuid not null references directory.unit (id),
  division text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  name     text not null check (char_length(name) between 1 and 60),
  place    text not null default '' check (char_length(place) <= 120),
  seats    smallint not null default 0 check (seats between 0 and 1000),
  ended_at timestamptz
);
comment on table mediation.room is 'class: public. Rooms of a committee or centre in which sittings are held.';
create unique index room_name on mediation.room (unit, name) where ended_at is null;
create index room_of_place on mediation.room (division, id) where ended_at is null;

create table mediation.booking (
  id          uuid primary key,
  matter      uuid not null references matters.matter (id),
  seq         int not null check (seq >= 1),
  room        uuid references mediation.room (id),
  post        uuid,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  audience    text[] not null check (cardinality(audience) > 0),
  released_at timestamptz,
  released_by uuid,
  check (num_nonnulls(room, post) = 1),
  check (starts_at < ends_at and ends_at <= starts_at + interval '16 hours'),
  check ((released_at is null) = (released_by is null)),
  -- sides of one case may be heard at the same time in two rooms; two cases never share a room or a mediator
  constraint booking_room_once exclude using gist (room with =, matter with <>, tstzrange(starts_at, ends_at) with &&) where (room is not null and released_at is null),
  constraint booking_mediator_once exclude using gist (post with =, matter with <>, tstzrange(starts_at, ends_at) with &&) where (post is not null and released_at is null)
);
comment on column mediation.booking.audience is 'whose it is to know of, as of the entry: a talk with one side is the lead''s';
comment on table mediation.booking is 'class: owned. Which room and which mediator a sitting takes up, from when until when (end exclusive).';
create index booking_of_room on mediation.booking (room, starts_at) where room is not null and released_at is null;
create index booking_of_post on mediation.booking (post, starts_at) where post is not null and released_at is null;
create index booking_of_matter on mediation.booking (matter, seq);

-- What a finished case pays. A later line goes before an earlier one; nothing is changed.
create table mediation.scale (
  id       uuid primary key,
  division text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  what     text not null check (what in ('agreed', 'performed')),
  form     text not null check (form in ('', 'written', 'oral')),
  type     text not null check (type in ('', 'marriage', 'neighbours', 'house', 'contract', 'business', 'damage', 'land', 'expropriation', 'environment', 'labour',
                                         'consumer', 'medical', 'traffic', 'property', 'other')),
  fen      bigint not null check (fen between 0 and 100000000),
  from_day date not null,
  basis    text not null check (char_length(basis) between 1 and 200),
  set_at   timestamptz not null,
  set_by   uuid not null
);
comment on table mediation.scale is 'class: staff. The local scale of allowances for finished cases, each line from a day on.';
create index scale_of_place on mediation.scale (division, set_at desc);

create table mediation.allowance (
  id       uuid primary key,
  post     uuid not null,
  person   uuid,
  unit     uuid not null,
  division text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  county   text collate "C" generated always as (case when length(division) >= 6 then left(division, 6) end) stored,
  matter   uuid not null references matters.matter (id),
  number   text collate "C" not null,
  seq      int not null check (seq >= 1),
  what     text not null check (what in ('agreed', 'performed', 'taken-back')),
  fen      bigint not null check (fen <> 0),
  at       timestamptz not null,
  scale    uuid references mediation.scale (id),
  undoes   uuid unique references mediation.allowance (id),
  check ((what = 'taken-back') = (undoes is not null)),
  check ((what = 'taken-back') = (fen < 0)),
  check ((what = 'taken-back') = (scale is null)),
  unique (matter, seq, what, post, undoes)
);
comment on table mediation.allowance is 'class: owned. The ledger of allowances: what a case earned whom, and what was taken back. Lines are only added.';
create index allowance_of_person on mediation.allowance (person, at desc, id);
create index allowance_of_county on mediation.allowance (county, at, id);
create index allowance_of_unit on mediation.allowance (unit, at desc, id);
create index allowance_of_matter on mediation.allowance (matter);

create table mediation.figure (
  matter       uuid primary key references matters.matter (id),
  unit         uuid not null,
  post         uuid,
  scope        text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  town         text collate "C" generated always as (case when length(scope) >= 9 then left(scope, 9) end) stored,
  county       text collate "C" generated always as (case when length(scope) >= 6 then left(scope, 6) end) stored,
  type         text collate "C" not null,
  source       text collate "C" not null check (source in ('application', 'initiative', 'entrusted')),
  accepted_at  timestamptz not null,
  ended_at     timestamptz,
  result       text collate "C" not null check (result in ('', 'written', 'oral', 'failed')),
  sum_fen      bigint not null check (sum_fen >= 0),
  performance  text collate "C" not null check (performance in ('', 'none', 'part', 'whole')),
  confirmation text collate "C" not null check (confirmation in ('', 'filed', 'accepted', 'confirmed', 'refused', 'withdrawn')),
  walled       boolean not null default false,
  check ((result = '') = (ended_at is null)),
  check (result in ('written', 'oral') or sum_fen = 0 and performance = '' and confirmation = '')
) with (fillfactor = 80);
comment on table mediation.figure is 'class: owned. What a case counts for in the statistics of mediation. No person is in it but the mediator''s post.';
create index figure_of_county on mediation.figure (county, accepted_at);
create index figure_of_town on mediation.figure (town, accepted_at);
create index figure_of_unit on mediation.figure (unit, accepted_at);
create index figure_of_post on mediation.figure (post, accepted_at);
create index figure_ended_county on mediation.figure (county, ended_at);
create index figure_ended_town on mediation.figure (town, ended_at);

-- What two agreements have in common without saying what it is.
create table mediation.print (
  matter uuid not null references matters.matter (id),
  seq    int not null,
  n      smallint not null,
  what   text not null check (what in ('text', 'signature')),
  mark   bytea not null check (octet_length(mark) = 32),
  at     timestamptz not null,
  scope  text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  town   text collate "C" generated always as (case when length(scope) >= 9 then left(scope, 9) end) stored,
  county text collate "C" generated always as (case when length(scope) >= 6 then left(scope, 6) end) stored,
  primary key (matter, seq, what, n)
);
comment on table mediation.print is 'class: owned. Keyed digests of the text and of each signature of an agreement, to find the same in other cases.';
create index print_mark on mediation.print (mark, what);
create index print_of_county on mediation.print (county, at);
create index print_of_town on mediation.print (town, at);

create table mediation.finding (
  id     uuid primary key,
  scope  text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  about  text collate "C" not null check (char_length(about) between 3 and 120),
  words  text not null check (char_length(words) between 1 and 2000),
  at     timestamptz not null,
  person uuid not null,
  post   uuid not null
);
comment on table mediation.finding is 'class: staff. What a supervisor found about agreements that looked unusual.';
create index finding_about on mediation.finding (about, at);

create function mediation.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'lines are only added here' using errcode = 'integrity_constraint_violation';
end $$;
create trigger allowance_is_kept before update or delete on mediation.allowance for each row execute function mediation.refuse_change();
create trigger scale_is_kept before update or delete on mediation.scale for each row execute function mediation.refuse_change();
create trigger finding_is_kept before update or delete on mediation.finding for each row execute function mediation.refuse_change();
create trigger training_is_kept before update or delete on mediation.training for each row execute function mediation.refuse_change();

alter table mediation.body enable row level security;
alter table mediation.mediator enable row level security;
alter table mediation.skill enable row level security;
alter table mediation.training enable row level security;
alter table mediation.held enable row level security;
alter table mediation.room enable row level security;
alter table mediation.booking enable row level security;
alter table mediation.scale enable row level security;
alter table mediation.allowance enable row level security;
alter table mediation.figure enable row level security;
alter table mediation.print enable row level security;
alter table mediation.finding enable row level security;

grant select, insert, update on mediation.body, mediation.mediator, mediation.room, mediation.figure to heshi_app;
grant select, insert, delete on mediation.skill to heshi_app;
grant update (listed, division) on mediation.skill to heshi_app;
grant select, insert on mediation.training, mediation.scale, mediation.allowance, mediation.finding to heshi_app;
grant select, insert, update, delete on mediation.held, mediation.print to heshi_app;
grant select, insert on mediation.booking to heshi_app;
grant update (released_at, released_by) on mediation.booking to heshi_app;

create policy see on mediation.body for select to heshi_app using (mediation.is_inside() or listed and mediation.is_public());
create policy keep on mediation.body for insert to heshi_app with check (mediation.keeps(unit));
create policy change on mediation.body for update to heshi_app using (mediation.keeps(unit)) with check (mediation.keeps(unit));
create policy see on mediation.mediator for select to heshi_app using (mediation.is_inside() or listed and mediation.is_public());
create policy keep on mediation.mediator for insert to heshi_app with check (mediation.keeps(unit));
create policy change on mediation.mediator for update to heshi_app using (mediation.keeps(unit)) with check (mediation.keeps(unit));
create policy see on mediation.skill for select to heshi_app using (mediation.is_inside() or listed and mediation.is_public());
create policy keep on mediation.skill for insert to heshi_app
  with check (exists (select from mediation.mediator m where m.post = skill.post and mediation.keeps(m.unit)));
create policy change on mediation.skill for update to heshi_app
  using (exists (select from mediation.mediator m where m.post = skill.post and mediation.keeps(m.unit)));
create policy leave on mediation.skill for delete to heshi_app
  using (exists (select from mediation.mediator m where m.post = skill.post and mediation.keeps(m.unit)));
create policy see on mediation.training for select to heshi_app using (mediation.is_inside());
create policy keep on mediation.training for insert to heshi_app
  with check (exists (select from mediation.mediator m where m.post = training.post and mediation.keeps(m.unit)));
create policy see on mediation.held for select to heshi_app using (mediation.is_machine() or mediation.has_role('mediator', 'head', 'handler') and matters.may_see(matter));
create policy act on mediation.held for all to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
create policy see on mediation.room for select to heshi_app using (true);
create policy keep on mediation.room for insert to heshi_app with check (mediation.keeps(unit));
create policy change on mediation.room for update to heshi_app using (mediation.keeps(unit)) with check (mediation.keeps(unit));
create policy see on mediation.booking for select to heshi_app using (mediation.is_inside() and matters.may_read(matter, audience));
create policy act on mediation.booking for insert to heshi_app with check (mediation.is_machine());
create policy release on mediation.booking for update to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
create policy see on mediation.scale for select to heshi_app using (mediation.is_inside());
create policy keep on mediation.scale for insert to heshi_app with check (mediation.is_machine() or mediation.has_role('head') and mediation.watches(division));
-- One's own, one's committee's for its head, and a place's for who watches it.
create policy see on mediation.allowance for select to heshi_app using (
  mediation.is_machine()
  or coalesce(current_setting('app.kind', true), '') = 'staff' and (
       person = nullif(current_setting('app.person', true), '')::uuid
       or mediation.has_role('head') and unit = nullif(current_setting('app.unit', true), '')::uuid
       or mediation.watches(division)));
create policy earn on mediation.allowance for insert to heshi_app with check (mediation.is_machine());
create policy see on mediation.figure for select to heshi_app using (
  mediation.is_machine()
  or coalesce(current_setting('app.kind', true), '') = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
    and (starts_with(scope, nullif(current_setting('app.scope', true), '')) or unit = nullif(current_setting('app.unit', true), '')::uuid)
    and case when walled then matters.may_see(matter) else true end);
create policy act on mediation.figure for insert to heshi_app with check (mediation.is_machine());
create policy change on mediation.figure for update to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
create policy see on mediation.print for select to heshi_app using (mediation.is_machine() or mediation.watches(scope) and matters.may_see(matter));
create policy act on mediation.print for all to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
create policy see on mediation.finding for select to heshi_app using (mediation.watches(scope));
create policy keep on mediation.finding for insert to heshi_app with check (mediation.has_role('supervisor') and mediation.watches(scope));

-- How much mediators have in hand: a number, of cases that who asks may not see as well.
create function mediation.loads(posts uuid[]) returns table (post uuid, open int) language sql stable security definer rows 30 set search_path = '' as $$
  select p.post, (select count(*)::int from (select from mediation.held h where h.post = p.post and h.open limit 1000) counted)
    from unnest(posts) as p (post)
   where mediation.is_inside()
$$;
-- When a room or a mediator is taken, and nothing about by what.
create function mediation.taken(rooms uuid[], posts uuid[], from_at timestamptz, to_at timestamptz, but uuid)
returns table (room uuid, post uuid, starts_at timestamptz, ends_at timestamptz) language sql stable security definer rows 20 set search_path = '' as $$
  select b.room, b.post, b.starts_at, b.ends_at from mediation.booking b
   where mediation.is_inside() and b.room = any (rooms) and b.released_at is null
     and b.starts_at >= from_at - interval '16 hours' and b.starts_at < to_at and b.ends_at > from_at and b.matter is distinct from but
  union all
  select b.room, b.post, b.starts_at, b.ends_at from mediation.booking b
   where mediation.is_inside() and b.post = any (posts) and b.released_at is null
     and b.starts_at >= from_at - interval '16 hours' and b.starts_at < to_at and b.ends_at > from_at and b.matter is distinct from but
   order by 3
$$;
revoke all on function mediation.is_inside(), mediation.is_public(), mediation.is_machine(), mediation.has_role(text[]), mediation.keeps(uuid),
  mediation.watches(text), mediation.refuse_change(), mediation.loads(uuid[]), mediation.taken(uuid[], uuid[], timestamptz, timestamptz, uuid) from public;
grant execute on function mediation.is_inside(), mediation.is_public(), mediation.is_machine(), mediation.has_role(text[]), mediation.keeps(uuid),
  mediation.watches(text), mediation.loads(uuid[]), mediation.taken(uuid[], uuid[], timestamptz, timestamptz, uuid) to heshi_app;
