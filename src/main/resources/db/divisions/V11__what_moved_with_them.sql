-- What was moved because places got other codes, were merged or split: the trail of ./heshi divisions succeed.
create table divisions.moved (
  id    bigint generated always as identity primary key,
  at    timestamptz not null,
  what  text collate "C" not null check (what ~ '^[a-z][a-z-]{0,30}$'),
  name  text not null check (char_length(name) <= 160),
  was   text collate "C" not null check (was ~ '^[1-9][0-9]+$'),
  now   text collate "C" not null check (now ~ '^([1-9][0-9]+)?$' and now <> was),
  count bigint not null check (count > 0)
);
comment on table divisions.moved is
  'class: staff. Units, posts, rules and how many matters went from one code of a place to another, and when; now empty: they stayed, nobody could say where they belong.';

-- Up to which day codes that ended were followed in everything that is kept by place.
create table divisions.followed (
  one  boolean primary key default true check (one),
  upto date not null
);
comment on table divisions.followed is 'class: public. Up to which day what is kept by place has followed the places.';
insert into divisions.followed (upto) values ('-infinity');

grant select on divisions.moved, divisions.followed to heshi_app, heshi_follower;
grant insert on divisions.moved to heshi_app;
alter table divisions.moved enable row level security;
create policy see on divisions.moved for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy add on divisions.moved for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
grant update (upto) on divisions.followed to heshi_app;
