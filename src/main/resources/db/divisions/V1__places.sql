-- The places of the country: what each is for ever (division), and under which code and name it stands when (standing).
create extension if not exists btree_gist with schema public;

create table divisions.division (
  id uuid primary key
);
comment on table divisions.division is 'class: public. A place, from province to micro-grid; its id outlives every code and name.';

-- Which change of the register this is. Every writer locks the one row first, so changes come one after another and readers
-- learn from the number whether what they hold is still all there is.
create table divisions.edition (
  one    boolean primary key default true check (one),
  number bigint not null
);
comment on table divisions.edition is 'class: public. Counts the changes of the register of places.';
insert into divisions.edition (number) values (0);
-- a number that was taken back with its transaction never comes again
create sequence divisions.edition_number;

create table divisions.standing (
  division   uuid not null references divisions.division (id) deferrable initially deferred,
  code       text collate "C" not null,
  level      smallint not null generated always as (
               case length(code) when 2 then 1 when 4 then 2 when 6 then 3 when 9 then 4 when 12 then 5 when 15 then 6 when 17 then 7 end) stored,
  name       text not null,
  valid_from date not null,
  valid_to   date not null default 'infinity',
  edition    bigint not null,
  -- one open standing a division; closed ones are told apart by their end
  primary key (division, valid_to),
  -- Lengths are those of the statistical division codes (2, 4, 6, 9, 12) and the local 15 and 17. No part is all zeros, except where the
  -- bureau lets one row stand for all: a prefecture without counties (441900, 442000, 460400), a county without towns (350527000 and 350527000000).
  constraint code_shape check (code ~ '^[1-9][0-9]+$' and length(code) in (2, 4, 6, 9, 12, 15, 17)
    and case length(code)
      when 4 then right(code, 2) <> '00'
      when 12 then right(code, 3) <> '000' or right(code, 6) = '000000'
      when 15 then right(code, 3) <> '000'
      when 17 then right(code, 2) <> '00'
      else true end),
  constraint name_shape check (name = btrim(name) and length(name) between 1 and 60),
  constraint valid_in_order check (valid_from <= valid_to and valid_from > '-infinity'),
  -- a code means one place at one time; as a number, because codes never begin with 0 and GiST compares numbers four times faster
  constraint one_place_a_code exclude using gist ((code::bigint) with =, daterange(valid_from, valid_to) with &&)
);
comment on table divisions.standing is
  'class: public. The code and the name that a place has from valid_from until before valid_to (infinity: still). The code of its parent is its prefix.';
create index standing_by_code on divisions.standing (level, code);
create index standing_by_edition on divisions.standing using brin (edition) with (pages_per_range = 16, autosummarize = on);

create function divisions.parent_code(code text) returns text language sql immutable strict parallel safe
  return left(code, case length(code) when 4 then 2 when 6 then 4 when 9 then 6 when 12 then 9 when 15 then 12 when 17 then 15 end);

-- Nothing stands without its parent at any time of its own standing.
create function divisions.stands_under_its_parent() returns trigger language plpgsql as $$
declare
  orphan text;
begin
  select n.code into orphan
  from arrived n
  where n.level > 1 and n.valid_from < n.valid_to
    and not exists (
      select from divisions.standing p
      where p.level = n.level - 1 and p.code = divisions.parent_code(n.code) and p.valid_from <= n.valid_from and n.valid_to <= p.valid_to)
    and not coalesce((
      select range_agg(daterange(p.valid_from, p.valid_to)) from divisions.standing p
      where p.level = n.level - 1 and p.code = divisions.parent_code(n.code)) @> daterange(n.valid_from, n.valid_to), false)
  limit 1;
  if orphan is not null then
    raise exception 'the division % has no parent % at all times of its standing', orphan, divisions.parent_code(orphan)
      using errcode = 'foreign_key_violation', constraint = 'stands_under_its_parent';
  end if;
  return null;
end $$;

create trigger arrives_under_its_parent after insert on divisions.standing
  referencing new table as arrived for each statement execute function divisions.stands_under_its_parent();

-- A place that ends or moves leaves no child standing where it no longer stands.
create function divisions.leaves_no_child() returns trigger language plpgsql as $$
declare
  orphan text;
begin
  select c.code into orphan
  from (select distinct level, code from former where valid_to > valid_from) o
  join divisions.standing c on c.level = o.level + 1 and c.code >= o.code and c.code < o.code || ':' and c.valid_from < c.valid_to
  where not coalesce((
    select range_agg(daterange(p.valid_from, p.valid_to)) from divisions.standing p
    where p.level = o.level and p.code = o.code) @> daterange(c.valid_from, c.valid_to), false)
  limit 1;
  if orphan is not null then
    raise exception 'the division % would stand without its parent %', orphan, divisions.parent_code(orphan)
      using errcode = 'foreign_key_violation', constraint = 'leaves_no_child';
  end if;
  return null;
end $$;

create trigger leaves_no_child after update on divisions.standing
  referencing old table as former for each statement execute function divisions.leaves_no_child();

-- Which sources were read into the register.
create table divisions.loaded (
  source  text primary key,
  places  integer not null check (places >= 0),
  at      timestamptz not null
);
comment on table divisions.loaded is 'class: public. What was read into the register of places, and when.';

grant usage on schema divisions to heshi_app, heshi_follower;
grant select on all tables in schema divisions to heshi_app, heshi_follower;
grant insert on divisions.division, divisions.standing, divisions.loaded to heshi_app;
grant update (name, valid_to, edition) on divisions.standing to heshi_app;
grant usage on sequence divisions.edition_number to heshi_app;
grant update (number) on divisions.edition to heshi_app;
grant update (places, at) on divisions.loaded to heshi_app;
