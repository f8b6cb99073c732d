grant usage on schema matters to heshi_app, heshi_follower;

-- The current row of each matter. Only matters.act writes it, always together with an entry.
create table matters.matter (
  id            uuid primary key,
  number        text collate "C" not null unique check (number ~ '^[0-9]{13}$'),
  kind          text not null check (kind <> ''),
  procedure     int not null check (procedure >= 1),
  state         text not null check (state <> ''),
  terminal      boolean not null,
  turn          text not null check (turn in ('desk', 'lead', 'helper', 'verifier', 'reporter', 'none')),
  version       int not null check (version >= 1),
  head          bytea not null check (octet_length(head) = 32),
  category      text collate "C" check (category ~ '^[0-9]{2}([0-9]{2}){0,2}$'),
  level         smallint not null default 0 check (level between 0 and 2),
  channel       text not null,
  division_code text collate "C" not null check (division_code ~ '^[0-9]{2,17}$'),
  scope_code    text collate "C" not null check (scope_code ~ '^[0-9]{2,17}$'),
  latitude      double precision check (latitude between -90 and 90),
  longitude     double precision check (longitude between -180 and 180),
  lead          uuid,
  accused       uuid,
  outcome       text,
  rating        smallint check (rating between 1 and 5),
  occurred_at   timestamptz,
  recorded_at   timestamptz not null,
  entered_at    timestamptz not null,
  last_at       timestamptz not null,
  closed_at     timestamptz,
  reopen_until  timestamptz,
  merged_into   uuid references matters.matter (id) check (merged_into <> id),
  split_from    uuid references matters.matter (id) check (split_from <> id),
  imported      boolean not null default false,
  check ((latitude is null) = (longitude is null)),
  check (terminal = (closed_at is not null)),
  check (not terminal or outcome is not null),
  check (turn <> 'none' or terminal)
) with (fillfactor = 75);
comment on table matters.matter is 'class: owned. The current row of a matter; holds no words of people.';
create index matter_of_town on matters.matter (left(scope_code, 9), id desc);
create index matter_of_county on matters.matter (left(scope_code, 6), id desc);
create index matter_merged on matters.matter (merged_into) where merged_into is not null;
create index matter_split on matters.matter (split_from) where split_from is not null;

-- The log: append-only, a chain per matter.
create table matters.entry (
  matter          uuid not null references matters.matter (id),
  seq             int not null check (seq >= 1),
  action          text not null,
  kind            text not null,
  procedure       int not null,
  from_kind       text,
  from_procedure  int,
  from_state      text,
  to_state        text not null,
  actor_kind      text not null check (actor_kind in ('staff', 'resident', 'passerby', 'machine')),
  actor_unit      uuid,
  actor_post      uuid,
  actor_person    uuid,
  actor_party     smallint,
  recorded_at     timestamptz not null,
  occurred_at     timestamptz,
  audience        text[] not null check (cardinality(audience) > 0),
  content         text not null,
  digest_version  smallint not null check (digest_version = 1),
  digest          bytea not null check (octet_length(digest) = 32),
  previous        bytea not null check (octet_length(previous) = 32),
  idempotency_key bytea,
  xid             xid8 not null default pg_current_xact_id(),
  primary key (matter, seq),
  check ((from_kind is null) = (from_state is null) and (from_kind is null) = (from_procedure is null)),
  check ((seq = 1) = (previous = '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea))
);
comment on table matters.entry is 'class: owned. The log; what people wrote stands here as a commitment only.';
create unique index entry_idempotency on matters.entry (idempotency_key) where idempotency_key is not null;
create index entry_xid on matters.entry (xid);

create function matters.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger entry_is_kept before update or delete on matters.entry for each row execute function matters.refuse_change();
create trigger entry_is_never_emptied before truncate on matters.entry for each statement execute function matters.refuse_change();

-- What people wrote or sent, apart from the log, so that it can be erased row by row while the log still verifies (decision 1).
create table matters.particular (
  matter    uuid not null,
  field     text not null,
  seq       int not null,
  ordinal   smallint not null check (ordinal >= 0),
  party     smallint,
  class     text not null check (class in ('words', 'contact', 'file')),
  audience  text[] not null check (cardinality(audience) > 0),
  salt      bytea check (octet_length(salt) = 32),
  value     text,
  erased_at timestamptz,
  primary key (matter, field, seq, ordinal),
  foreign key (matter, seq) references matters.entry (matter, seq),
  check ((salt is null) = (value is null)),
  check ((value is null) = (erased_at is not null))
);
comment on table matters.particular is 'class: owned. Words, contacts and files, each with the salt of its commitment; erased by emptying salt and value.';

-- Who holds a matter and how: the one source of queues and policies (decision 4). The columns after turn are kept only while it is the row''s turn.
create table matters.holding (
  matter        uuid not null references matters.matter (id),
  unit          uuid not null,
  relation      text not null check (relation in ('desk', 'lead', 'helper', 'verifier', 'origin', 'barred')),
  division_code text collate "C" not null,
  barred        boolean not null generated always as (relation = 'barred') stored,
  turn          boolean not null default false,
  state         text,
  kind          text,
  level         smallint,
  since         timestamptz,
  primary key (matter, unit, relation),
  check (turn = (state is not null) and turn = (kind is not null) and turn = (level is not null) and turn = (since is not null)),
  check (not (turn and relation = 'barred'))
) with (fillfactor = 75);
comment on table matters.holding is 'class: owned. Which unit holds a matter, in which relation, and whose turn it is; barred units see nothing.';
create index holding_queue on matters.holding (unit, level desc, since, matter) include (state) where turn;
create index holding_queue_state on matters.holding (unit, state, level desc, since, matter) where turn;
create index holding_states on matters.holding (unit, state, kind) where turn;
create index holding_unit on matters.holding (unit, matter desc) where relation <> 'barred';

-- A named post that a complaint is about.
create table matters.barred_post (
  matter uuid not null references matters.matter (id),
  post   uuid not null,
  primary key (matter, post)
);
comment on table matters.barred_post is 'class: owned. Posts that never see a matter because it is about them.';

-- The reporter and the others a matter concerns. Their names stand in particulars.
create table matters.party (
  matter    uuid not null references matters.matter (id),
  party     smallint not null check (party >= 1),
  role      text not null check (role in ('reporter', 'concerned', 'applicant', 'respondent', 'witness', 'other')),
  code_salt bytea check (octet_length(code_salt) = 16),
  code_hmac bytea check (octet_length(code_hmac) = 32),
  primary key (matter, party),
  check ((code_salt is null) = (code_hmac is null))
);
comment on table matters.party is 'class: owned. Parties of a matter by number; the code is kept as an HMAC.';

create table matters.link (
  matter uuid not null references matters.matter (id),
  other  uuid not null references matters.matter (id),
  primary key (matter, other),
  check (matter <> other)
);
comment on table matters.link is 'class: owned. Matters that belong together, both ways.';

-- Dense positions of committed entries, given by the one sequencer (decision 2).
create table matters.position (
  position bigint primary key check (position >= 1),
  matter   uuid not null,
  seq      int not null,
  unique (matter, seq),
  foreign key (matter, seq) references matters.entry (matter, seq)
);
comment on table matters.position is 'class: owned. The order in which followers read the log.';

create table matters.sequencer (
  one      boolean primary key default true check (one),
  xid      xid8 not null,
  position bigint not null
);
comment on table matters.sequencer is 'class: owned. How far the sequencer has come.';
insert into matters.sequencer (xid, position) values ('0', 0);

create table matters.follower (
  name     text primary key,
  position bigint not null default 0
);
comment on table matters.follower is 'class: owned. How far each follower that writes PostgreSQL has come.';

-- Answer templates that the administrator keeps for handlers.
create table matters.template (
  id      uuid primary key,
  unit    uuid,
  action  text not null default 'answer',
  title   text not null check (char_length(title) between 1 and 60),
  words   text not null check (char_length(words) between 1 and 5000),
  ended   boolean not null default false
);
comment on table matters.template is 'class: staff. Ready words for answers; unit null: everybody''s.';

-- Whose eyes: one place for all policies.
create function matters.may_see(m uuid) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then
      (select coalesce(bool_or(not h.barred and (
                h.unit = nullif(current_setting('app.unit', true), '')::uuid
                or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))))
              and not bool_or(h.barred and h.unit = nullif(current_setting('app.unit', true), '')::uuid), false)
       from matters.holding h where h.matter = m)
      and not exists (select from matters.barred_post b where b.matter = m and b.post = nullif(current_setting('app.post', true), '')::uuid)
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid
    when 'machine' then true
    else false
  end
$$;
comment on function matters.may_see is 'Whether who acts may see this matter at all. Other rooms'' policies call this and nothing else of matters.';

create function matters.may_read(m uuid, audience text[]) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then matters.may_see(m) and ('staff' = any (audience) or exists (
        select from matters.holding h
        where h.matter = m and h.unit = nullif(current_setting('app.unit', true), '')::uuid and not h.barred and h.relation = any (audience)))
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid
      and (audience && array['public', 'parties', 'party:' || current_setting('app.party', true)]
           or 'reporter' = any (audience) and exists (select from matters.party p
                where p.matter = m and p.party = nullif(current_setting('app.party', true), '')::smallint and p.role = 'reporter'))
    when 'machine' then true
    else false
  end
$$;
comment on function matters.may_read is 'Whether who acts is of an entry''s audience (decision 3).';

create function matters.may_see_contact(m uuid, p smallint) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then matters.may_see(m) and exists (
        select from matters.holding h
        where h.matter = m and h.unit = nullif(current_setting('app.unit', true), '')::uuid and not h.barred
          and (h.relation in ('lead', 'helper') or h.turn)
          and (h.relation <> 'verifier' or 'verifier' = any (string_to_array(current_setting('app.roles', true), ',')))
          and (h.relation <> 'desk' or string_to_array(current_setting('app.roles', true), ',') && array['window-clerk', 'dispatcher', 'head', 'handler']))
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid and p = nullif(current_setting('app.party', true), '')::smallint
    when 'machine' then true
    else false
  end
$$;
comment on function matters.may_see_contact is 'Whether who acts handles this matter now, so that names and numbers are theirs to see.';
-- What act must know although the actor may not read it.
create function matters.barred_units(m uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(unit), '{}') from matters.holding where matter = m and barred
$$;
create function matters.has_done(m uuid, person uuid, actions text[]) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from matters.entry where matter = m and actor_person = person and action = any (actions))
$$;
create function matters.done_before(key bytea, out matter uuid, out number text, out seq int, out action text, out to_state text)
  returns setof record language sql stable security definer set search_path = '' as $$
  select e.matter, m.number, e.seq, e.action, e.to_state from matters.entry e join matters.matter m on m.id = e.matter where e.idempotency_key = key
$$;
create function matters.number_taken(n text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from matters.matter where number = n)
$$;
revoke all on all functions in schema matters from public;
grant execute on function matters.barred_units(uuid), matters.has_done(uuid, uuid, text[]), matters.done_before(bytea), matters.number_taken(text) to heshi_app;
grant execute on function matters.may_see(uuid), matters.may_read(uuid, text[]), matters.may_see_contact(uuid, smallint) to heshi_app, heshi_follower;

alter table matters.matter enable row level security;
alter table matters.entry enable row level security;
alter table matters.particular enable row level security;
alter table matters.holding enable row level security;
alter table matters.barred_post enable row level security;
alter table matters.party enable row level security;
alter table matters.link enable row level security;
alter table matters.position enable row level security;
alter table matters.sequencer enable row level security;
alter table matters.follower enable row level security;
alter table matters.template enable row level security;

grant select, insert, update on matters.matter to heshi_app;
grant select, insert on matters.entry to heshi_app;
grant select on matters.position to heshi_app;
grant select, insert on matters.particular, matters.barred_post, matters.link to heshi_app;
grant update (salt, value, erased_at) on matters.particular to heshi_app;
grant select, insert, update, delete on matters.holding to heshi_app;
grant delete on matters.link to heshi_app;
grant select, insert, update on matters.party, matters.template to heshi_app;

create policy see on matters.matter for select to heshi_app using (matters.may_see(id));
create policy add on matters.matter for insert to heshi_app with check (true);
create policy move on matters.matter for update to heshi_app using (matters.may_see(id)) with check (true);

create policy see on matters.entry for select to heshi_app using (matters.may_read(matter, audience));
create policy add on matters.entry for insert to heshi_app with check (true);

create policy see on matters.particular for select to heshi_app
  using (case when class = 'contact' then matters.may_see_contact(matter, party) else matters.may_read(matter, audience) end);
create policy add on matters.particular for insert to heshi_app with check (true);
create policy erase on matters.particular for update to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (value is null);

create policy see on matters.holding for select to heshi_app using (
  not barred and (unit = nullif(current_setting('app.unit', true), '')::uuid or matters.may_see(matter))
  or current_setting('app.kind', true) = 'machine');
create policy add on matters.holding for insert to heshi_app with check (true);
create policy move on matters.holding for update to heshi_app using (not barred and matters.may_see(matter)) with check (not barred);
create policy leave on matters.holding for delete to heshi_app using (not barred and matters.may_see(matter));

create policy see on matters.barred_post for select to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy add on matters.barred_post for insert to heshi_app with check (true);

create policy see on matters.party for select to heshi_app using (matters.may_see(matter));
create policy add on matters.party for insert to heshi_app with check (true);
create policy move on matters.party for update to heshi_app using (matters.may_see(matter)) with check (true);

create policy see on matters.link for select to heshi_app using (matters.may_see(matter) and matters.may_see(other));
create policy add on matters.link for insert to heshi_app with check (matters.may_see(matter) and matters.may_see(other));
create policy leave on matters.link for delete to heshi_app using (matters.may_see(matter) and matters.may_see(other));

create policy see on matters.position for select to heshi_app using (current_setting('app.kind', true) = 'machine');

create policy see on matters.template for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy add on matters.template for insert to heshi_app
  with check ('administrator' = any (string_to_array(current_setting('app.roles', true), ',')) or current_setting('app.kind', true) = 'machine');
create policy move on matters.template for update to heshi_app
  using ('administrator' = any (string_to_array(current_setting('app.roles', true), ',')) or current_setting('app.kind', true) = 'machine');

-- Followers read the whole log and keep their own position; they change no matter.
grant select on matters.matter, matters.entry, matters.particular, matters.holding, matters.barred_post, matters.party, matters.link to heshi_follower;
grant select, insert on matters.position to heshi_follower;
grant select, update on matters.sequencer to heshi_follower;
grant select, insert, update on matters.follower to heshi_follower;
create policy follow on matters.matter for select to heshi_follower using (true);
create policy follow on matters.entry for select to heshi_follower using (true);
create policy follow on matters.particular for select to heshi_follower using (true);
create policy follow on matters.holding for select to heshi_follower using (true);
create policy follow on matters.barred_post for select to heshi_follower using (true);
create policy follow on matters.party for select to heshi_follower using (true);
create policy follow on matters.link for select to heshi_follower using (true);
create policy follow on matters.position for all to heshi_follower using (true) with check (true);
create policy follow on matters.sequencer for all to heshi_follower using (true) with check (true);
create policy follow on matters.follower for all to heshi_follower using (true) with check (true);
