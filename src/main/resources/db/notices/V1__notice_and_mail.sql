grant usage on schema notices to heshi_app, heshi_follower;

-- What a post is told inside the program. Holds no word of a resident.
create table notices.notice (
  id      uuid primary key,
  post    uuid not null references directory.post (id),
  matter  uuid not null references matters.matter (id),
  seq     int not null check (seq >= 1),
  event   text not null check (event in ('new', 'emergency', 'assigned', 'returned', 'answered', 'redo', 'replied', 'added', 'reopened', 'withdrawn', 'moved')),
  at      timestamptz not null,
  read_at timestamptz check (read_at >= at),
  unique (matter, seq, post)
);
comment on table notices.notice is 'class: owned. What a post was told, once for each entry; shown to the post alone and only while it may see the matter.';
create index notice_of_post on notices.notice (post, id desc);
create index notice_unread on notices.notice (post) where read_at is null;

-- Mail that waits or was sent. The address goes as soon as it is not needed any more.
create table notices.mail (
  id        uuid primary key,
  matter    uuid not null references matters.matter (id),
  seq       int not null check (seq >= 1),
  recipient text not null check (recipient in ('reporter') or recipient ~ '^[0-9a-f-]{36}$'),
  number    text collate "C" not null check (number ~ '^[0-9]{13}$'),
  address   text check (char_length(address) between 3 and 200),
  attempts  int not null default 0 check (attempts >= 0),
  due_at    timestamptz not null,
  sent_at   timestamptz,
  dead_at   timestamptz,
  failure   text check (char_length(failure) <= 300),
  unique (matter, seq, recipient),
  check (sent_at is null or dead_at is null),
  check ((address is null) = (sent_at is not null or dead_at is not null))
);
comment on table notices.mail is 'class: owned. Mails to staff and reporters: the number of the matter and an address, nothing of its content. The program''s own part alone sees them.';
create index mail_due on notices.mail (due_at) where sent_at is null and dead_at is null;

alter table notices.notice enable row level security;
alter table notices.mail enable row level security;
grant select, insert on notices.notice to heshi_follower;
grant select, insert on notices.mail to heshi_follower;
grant select on notices.notice to heshi_app;
grant update (read_at) on notices.notice to heshi_app;
grant select, update on notices.mail to heshi_app;
create policy follow on notices.notice for all to heshi_follower using (true) with check (true);
create policy follow on notices.mail for all to heshi_follower using (true) with check (true);
create policy own on notices.notice for select to heshi_app
  using (current_setting('app.kind', true) = 'staff' and post = nullif(current_setting('app.post', true), '')::uuid and matters.may_see(matter));
create policy read on notices.notice for update to heshi_app
  using (current_setting('app.kind', true) = 'staff' and post = nullif(current_setting('app.post', true), '')::uuid)
  with check (post = nullif(current_setting('app.post', true), '')::uuid and read_at is not null);
create policy send on notices.mail for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');

-- How many the acting post has not read, to a hundred: asked on every page, so it reads the index and nothing of the matters.
create function notices.unread() returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int
  from (select from notices.notice where post = nullif(current_setting('app.post', true), '')::uuid and read_at is null limit 100) few
$$;

-- The acting post has read what it was told up to this one; also of matters that it may not see any more.
create function notices.read_all(upto uuid, now timestamptz) returns int language sql security definer set search_path = '' as $$
  with done as (
    update notices.notice set read_at = greatest(now, at)
    where post = nullif(current_setting('app.post', true), '')::uuid and read_at is null and id <= upto
    returning 1)
  select count(*)::int from done
$$;
revoke all on all functions in schema notices from public;
grant execute on function notices.unread(), notices.read_all(uuid, timestamptz) to heshi_app;
