-- Organisations, posts, the people who hold them, what each unit handles, and the category tree.
-- Authority in time is decided here: a holding, a leave and a post each have a beginning and an end, ends are exclusive.

create extension if not exists btree_gist with schema public;

grant usage on schema directory to heshi_app, heshi_follower;

-- Who may change the directory: the program's own parts and administrators. The pages ask as well whether it is their division.
create function directory.may_edit() returns boolean
language sql stable parallel safe
as $$
  select coalesce(current_setting('app.kind', true), '') = 'machine'
      or (coalesce(current_setting('app.kind', true), '') = 'staff'
          and 'administrator' = any (string_to_array(coalesce(current_setting('app.roles', true), ''), ',')))
$$;

create function directory.is_inside() returns boolean
language sql stable parallel safe
as $$
  select coalesce(current_setting('app.kind', true), '') in ('staff', 'machine')
$$;

create table directory.category (
  code     text collate "C" primary key check (code ~ '^([0-9]{2}){1,3}$'),
  parent   text collate "C" generated always as (nullif(left(code, -2), '')) stored references directory.category (code),
  name     text not null check (name = btrim(name) and char_length(name) between 1 and 60),
  name_en  text not null check (char_length(name_en) between 1 and 120),
  initials text not null default '',
  ended_at timestamptz
);
comment on table directory.category is 'class: public. The category tree of three levels; a category that ended keeps its name for the matters that have it.';
create unique index category_name on directory.category (coalesce(parent, ''), name) where ended_at is null;
create index category_parent on directory.category (parent, code);

create table directory.unit (
  id            uuid primary key,
  type          text not null check (type in ('centre', 'department', 'town', 'village-committee', 'mediation-committee', 'court',
                                              'police-station', 'judicial-office', 'grid-team', 'provider')),
  name          text not null check (name = btrim(name) and char_length(name) between 1 and 80),
  initials      text not null default '',
  division      uuid not null,
  division_code text collate "C" not null check (division_code ~ '^[0-9]{2,17}$'),
  parent        uuid references directory.unit (id) check (parent <> id),
  started_at    timestamptz not null,
  ended_at      timestamptz,
  check (started_at < ended_at)
);
comment on table directory.unit is 'class: public. Organisations, each on a division; residents need their names.';
create unique index unit_name on directory.unit (division_code, name) where ended_at is null;
create index unit_type_division on directory.unit (division_code, type) where ended_at is null;
create index unit_parent on directory.unit (parent) where parent is not null;
create index unit_name_part on directory.unit using gin (name gin_trgm_ops);
create index unit_list on directory.unit (name, id);

create table directory.receiving_organ (
  division_code text collate "C" primary key check (division_code ~ '^[0-9]{2,17}$'),
  unit          uuid not null references directory.unit (id)
);
comment on table directory.receiving_organ is 'class: public. Who receives complaints about offices of a division (decision 5).';

create table directory.person (
  id       uuid primary key,
  name     text not null check (name = btrim(name) and char_length(name) between 1 and 60),
  initials text not null default '',
  phone    text check (char_length(phone) <= 40),
  email    text check (char_length(email) <= 200)
);
comment on table directory.person is 'class: staff. People who hold posts: name, work telephone, e-mail for notices; nothing else.';

create table directory.post (
  id            uuid primary key,
  unit          uuid not null references directory.unit (id),
  title         text not null check (title = btrim(title) and char_length(title) between 1 and 60),
  roles         text[] not null check (cardinality(roles) > 0 and roles <@ array['window-clerk', 'dispatcher', 'handler', 'head', 'grid-worker',
                                       'mediator', 'verifier', 'supervisor', 'auditor', 'administrator']),
  division_code text collate "C" check (division_code ~ '^[0-9]{2,17}$'),
  started_at    timestamptz not null,
  ended_at      timestamptz,
  check (started_at < ended_at)
);
comment on table directory.post is 'class: staff. Posts of a unit with their roles; division_code is the place of the post itself when it has one, as a grid worker''s.';
create index post_unit on directory.post (unit);

create table directory.holding (
  id        uuid primary key,
  post      uuid not null references directory.post (id),
  person    uuid not null references directory.person (id),
  starts_at timestamptz not null,
  ends_at   timestamptz,
  check (starts_at < ends_at),
  constraint holding_one_at_a_time exclude using gist (post with =, tstzrange(starts_at, ends_at) with &&)
);
comment on table directory.holding is 'class: staff. Who held which post from when to when (end exclusive); one person at a time.';
create index holding_person on directory.holding (person);

create table directory.leave (
  id        uuid primary key,
  holding   uuid not null references directory.holding (id),
  starts_at timestamptz not null,
  ends_at   timestamptz not null,
  stand_in  uuid references directory.person (id),
  check (starts_at < ends_at),
  constraint leave_one_at_a_time exclude using gist (holding with =, tstzrange(starts_at, ends_at) with &&)
);
comment on table directory.leave is 'class: staff. When the holder of a post is away and who stands in; no reason is kept.';
create index leave_stand_in on directory.leave (stand_in) where stand_in is not null;

-- Two rules that look into another row.
create function directory.check_leave() returns trigger
language plpgsql
as $$
declare
  held directory.holding;
begin
  select * into held from directory.holding h where h.id = new.holding;
  if held.person = new.stand_in then
    raise exception 'nobody stands in for themselves' using errcode = 'check_violation', constraint = 'leave_other_person';
  end if;
  if not tstzrange(new.starts_at, new.ends_at) <@ tstzrange(held.starts_at, held.ends_at) then
    raise exception 'a leave lies within its holding' using errcode = 'check_violation', constraint = 'leave_within_holding';
  end if;
  return new;
end
$$;
create trigger leave_checked before insert or update on directory.leave for each row execute function directory.check_leave();

create table directory.handles (
  id            uuid primary key,
  category      text collate "C" not null check (category = '' or category ~ '^([0-9]{2}){1,3}$'),
  category_row  text collate "C" generated always as (nullif(category, '')) stored references directory.category (code),
  division_code text collate "C" not null check (division_code ~ '^[0-9]{2,17}$'),
  lead          uuid not null references directory.unit (id),
  starts_at     timestamptz not null,
  ends_at       timestamptz,
  check (starts_at < ends_at),
  constraint handles_one_at_a_time exclude using gist (category with =, division_code with =, tstzrange(starts_at, ends_at) with &&)
);
comment on table directory.handles is 'class: staff. Which unit leads for a category (empty: any) at a place, from when to when.';
create index handles_category on directory.handles (category, division_code);
create index handles_lead on directory.handles (lead);
create index handles_category_row on directory.handles (category_row);

create table directory.helper (
  rule    uuid not null references directory.handles (id),
  ordinal smallint not null check (ordinal > 0),
  unit    uuid not null references directory.unit (id),
  primary key (rule, ordinal),
  unique (rule, unit)
);
comment on table directory.helper is 'class: staff. Units that help the lead, in order.';

create table directory.upload (
  id       uuid primary key,
  person   uuid not null references directory.person (id),
  at       timestamptz not null,
  filename text not null check (char_length(filename) <= 200),
  content  bytea not null check (octet_length(content) <= 5242880)
);
comment on table directory.upload is 'class: staff. A spreadsheet between its preview and its confirmation; erased then, at the latest after a day.';
create index upload_at on directory.upload (at);

-- What public tables show to everybody, only administrators and the program change.
alter table directory.category enable row level security;
alter table directory.unit enable row level security;
alter table directory.receiving_organ enable row level security;
create policy read on directory.category for select using (true);
create policy read on directory.unit for select using (true);
create policy read on directory.receiving_organ for select using (true);
create policy edit on directory.category for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.unit for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.receiving_organ for all using (directory.may_edit()) with check (directory.may_edit());

alter table directory.person enable row level security;
alter table directory.post enable row level security;
alter table directory.holding enable row level security;
alter table directory.leave enable row level security;
alter table directory.handles enable row level security;
alter table directory.helper enable row level security;
alter table directory.upload enable row level security;
create policy read on directory.person for select using (directory.is_inside());
create policy read on directory.post for select using (directory.is_inside());
create policy read on directory.holding for select using (directory.is_inside());
create policy read on directory.leave for select using (directory.is_inside());
create policy read on directory.handles for select using (directory.is_inside());
create policy read on directory.helper for select using (directory.is_inside());
create policy edit on directory.person for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.post for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.holding for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.leave for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.handles for all using (directory.may_edit()) with check (directory.may_edit());
create policy edit on directory.helper for all using (directory.may_edit()) with check (directory.may_edit());
create policy own on directory.upload for all
  using (directory.may_edit() and (coalesce(current_setting('app.kind', true), '') = 'machine'
         or person = nullif(current_setting('app.person', true), '')::uuid))
  with check (directory.may_edit() and (coalesce(current_setting('app.kind', true), '') = 'machine'
         or person = nullif(current_setting('app.person', true), '')::uuid));

grant select on directory.category, directory.unit, directory.receiving_organ to heshi_app, heshi_follower;
grant insert, update on directory.category, directory.unit, directory.receiving_organ, directory.person, directory.post, directory.holding,
  directory.leave, directory.handles, directory.helper to heshi_app;
grant select on directory.person, directory.post, directory.holding, directory.leave, directory.handles, directory.helper to heshi_app;
grant delete on directory.receiving_organ to heshi_app;
grant select, insert, delete on directory.upload to heshi_app;

-- Sign-in must know a person's posts before anybody acts, and followers must know whom to tell: these functions answer exactly that,
-- with the owner's rights.
create function directory.held_posts(p_person uuid, p_at timestamptz)
returns table (post uuid, title text, person uuid, person_name text, unit uuid, unit_name text, unit_type text, division text,
               roles text[], stand_in boolean)
language sql stable security definer rows 2 set search_path = pg_catalog
as $$
  select p.id, p.title, me.id, me.name, u.id, u.name, u.type, coalesce(p.division_code, u.division_code), p.roles, held.stand_in
    from (select h.post, false as stand_in
            from directory.holding h
           where h.person = p_person and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)
          union all
          select h.post, true
            from directory.leave l
            join directory.holding h on h.id = l.holding
           where l.stand_in = p_person and l.starts_at <= p_at and p_at < l.ends_at
             and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)) held
    join directory.post p on p.id = held.post and p.started_at <= p_at and (p.ended_at is null or p_at < p.ended_at)
    join directory.unit u on u.id = p.unit and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at)
    join directory.person me on me.id = p_person
   order by held.stand_in, p.id
$$;

create function directory.holders(p_unit uuid, p_role text, p_at timestamptz)
returns table (post uuid, title text, person uuid, person_name text, unit uuid, unit_name text, unit_type text, division text,
               roles text[], stand_in boolean)
language sql stable security definer rows 5 set search_path = pg_catalog
as $$
  select p.id, p.title, who.id, who.name, u.id, u.name, u.type, coalesce(p.division_code, u.division_code), p.roles, l.stand_in is not null
    from directory.unit u
    join directory.post p on p.unit = u.id and p.started_at <= p_at and (p.ended_at is null or p_at < p.ended_at)
    join directory.holding h on h.post = p.id and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)
    left join directory.leave l on l.holding = h.id and l.starts_at <= p_at and p_at < l.ends_at
    join directory.person who on who.id = coalesce(l.stand_in, h.person)
   where u.id = p_unit and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at) and p_role = any (p.roles)
   order by p.id
$$;

create function directory.people(p_ids uuid[])
returns table (id uuid, name text, phone text, email text)
language sql stable security definer set search_path = pg_catalog
as $$
  select p.id, p.name, p.phone, p.email from directory.person p where p.id = any (p_ids)
$$;

create function directory.posts(p_ids uuid[])
returns table (id uuid, unit uuid, title text, roles text[], division text)
language sql stable security definer set search_path = pg_catalog
as $$
  select p.id, p.unit, p.title, p.roles, coalesce(p.division_code, u.division_code)
    from directory.post p join directory.unit u on u.id = p.unit
   where p.id = any (p_ids)
$$;

-- Nearest category upwards first, then nearest division upwards: longer codes are nearer.
create function directory.who_handles(p_category text, p_division text, p_at timestamptz)
returns table (category text, division_code text, lead uuid, helpers uuid[])
language sql stable security definer rows 1 set search_path = pg_catalog
as $$
  select r.category, r.division_code, r.lead,
         array(select s.unit from directory.helper s join directory.unit x on x.id = s.unit and (x.ended_at is null or p_at < x.ended_at)
                where s.rule = r.id order by s.ordinal)
    from directory.handles r
    join directory.unit u on u.id = r.lead and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at)
   where r.category = any (array[p_category, left(p_category, 4), left(p_category, 2), ''])
     and r.division_code = any (array(select left(p_division, n) from unnest(array[2, 4, 6, 9, 12, 15, 17]) n where n <= length(p_division)))
     and r.starts_at <= p_at and (r.ends_at is null or p_at < r.ends_at)
   order by length(r.category) desc, length(r.division_code) desc
   limit 1
$$;

revoke all on function directory.held_posts, directory.holders, directory.people, directory.posts, directory.who_handles from public;
grant execute on function directory.held_posts, directory.holders, directory.people, directory.posts, directory.who_handles
  to heshi_app, heshi_follower;
