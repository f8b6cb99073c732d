-- A feed of all posts of a person: the one without a post.
alter table exchange.calendar_feed drop constraint calendar_feed_pkey, alter column post drop not null, add unique nulls not distinct (person, post);
drop policy own on exchange.calendar_feed;
create policy own on exchange.calendar_feed for all to heshi_app
  using (current_setting('app.kind', true) = 'machine' or current_setting('app.kind', true) = 'staff' and person = nullif(current_setting('app.person', true), '')::uuid)
  with check (current_setting('app.kind', true) = 'staff' and person = nullif(current_setting('app.person', true), '')::uuid
    and (post is null or post = nullif(current_setting('app.post', true), '')::uuid));
comment on table exchange.calendar_feed is
  'class: staff. Addresses of calendar feeds as SHA-256, one for each person and post, and one for all posts of a person; read by its owner and, by the digest, by the program itself.';

-- When hearings of petitions are, for the calendars of who holds them. Kept by a follower of the log.
create table exchange.hearing (
  matter uuid primary key references matters.matter (id),
  seq    int not null check (seq >= 1),
  at     timestamptz not null
);
comment on table exchange.hearing is 'class: owned. When the hearing of a petition is, or was last: matter and time only.';
create index hearing_at on exchange.hearing (at);
alter table exchange.hearing enable row level security;
create policy see on exchange.hearing for select to heshi_app using (matters.may_see(matter));
create policy forget on exchange.hearing for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy follow on exchange.hearing for all to heshi_follower using (true) with check (true);
grant select, delete on exchange.hearing to heshi_app;
grant select, insert, update, delete on exchange.hearing to heshi_follower;
