-- A notice's own id says what it was told of: its first 48 bits are the instant, the others are drawn from the matter, the entry and the limit, so that the
-- key of post and id holds each entry (and each word of a limit) to one, and is the list of the post as well. Entry, instant and limit stand nowhere else.
alter table notices.notice rename to notice_before;
create table notices.notice (
  post    uuid not null references directory.post (id),
  id      uuid not null check (uuid_extract_version(id) = 7),
  matter  uuid not null references matters.matter (id),
  read_at timestamptz check (read_at >= uuid_extract_timestamp(id)),
  event   text not null,
  clock   text collate "C" not null default '' check (clock ~ '^[a-z0-9-]{0,40}$'),
  constraint notice_told_once primary key (post, id),
  constraint notice_name_of_event check (event ~ '^[a-z][a-z-]{0,39}$'),
  -- a word of its own beside that of an entry
  constraint notice_beside_entry check ((clock <> '') = (starts_with(event, 'limit-') or event = 'opened'))
);
comment on table notices.notice is 'class: owned. What a post was told, once for each entry; shown to the post alone and only while it may see the matter.';
comment on column notices.notice.id is 'instant, and what it was told of: the same is the same id';
comment on column notices.notice.clock is 'the limit of which it is a word; empty for word of an entry';
insert into notices.notice (post, id, matter, read_at, event, clock)
  select post, id, matter, case when read_at is not null then greatest(read_at, uuid_extract_timestamp(id)) end, event, clock from notices.notice_before order by id;
create index notice_waits on notices.notice (post) where read_at is null;
-- for who is barred from a matter after they were told of it
create index notice_waits_of_matter on notices.notice (matter) where read_at is null;
drop table notices.notice_before;

alter table notices.notice enable row level security;
grant select, insert on notices.notice to heshi_follower;
grant update (read_at) on notices.notice to heshi_follower;
grant select, insert, delete on notices.notice to heshi_app;
grant update (read_at) on notices.notice to heshi_app;
create policy follow on notices.notice for all to heshi_follower using (true) with check (true);
create policy own on notices.notice for select to heshi_app
  using (current_setting('app.kind', true) = 'staff' and post = nullif(current_setting('app.post', true), '')::uuid and matters.may_see(matter));
create policy read on notices.notice for update to heshi_app
  using (current_setting('app.kind', true) = 'staff' and post = nullif(current_setting('app.post', true), '')::uuid)
  with check (post = nullif(current_setting('app.post', true), '')::uuid and read_at is not null);
create policy forget on notices.notice for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy old on notices.notice for select to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy tell on notices.notice for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');

create or replace function notices.read_all(upto uuid, now timestamptz) returns int language sql security definer set search_path = '' as $$
  with done as (
    update notices.notice set read_at = greatest(now, uuid_extract_timestamp(id))
    where post = nullif(current_setting('app.post', true), '')::uuid and read_at is null and id <= upto
    returning 1)
  select count(*)::int from done
$$;
