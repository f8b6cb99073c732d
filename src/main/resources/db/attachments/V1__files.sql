grant usage on schema attachments to heshi_app, heshi_follower;

-- What is kept of an upload: a picture drawn anew. Its bytes lie in the folder of files under the id.
create table attachments.file (
  id         uuid primary key,
  sha256     text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null check (media_type in ('image/jpeg', 'image/png')),
  size       bigint not null check (size > 0),
  width      int not null check (width between 1 and 2560),
  height     int not null check (height between 1 and 2560),
  name       text check (char_length(name) between 1 and 80),
  stored_at  timestamptz not null,
  touched_at timestamptz not null,
  named      boolean not null default false,
  -- Once an entry names it, its name is a particular of the matter and stands nowhere else.
  check (named = (name is null))
);
comment on table attachments.file is 'class: owned. Evidence files: seen by who may see a matter that names them; unnamed ones by who was told their id.';
create index file_orphan on attachments.file (touched_at) where not named;

-- Which entries name it; a split may carry a file into a second matter.
create table attachments.naming (
  file   uuid not null references attachments.file (id),
  matter uuid not null references matters.matter (id),
  seq    int not null check (seq >= 1),
  primary key (file, matter, seq)
);
comment on table attachments.naming is 'class: owned. Entries that name a file.';
create index naming_matter on attachments.naming (matter);

-- How far the log has been read for namings: nothing is thrown away while it lags behind.
create table attachments.reading (
  one      boolean primary key default true check (one),
  position bigint not null
);
comment on table attachments.reading is 'class: owned. How far the log has been read for names of files.';
insert into attachments.reading (position) values (0);

alter table attachments.file enable row level security;
alter table attachments.naming enable row level security;
alter table attachments.reading enable row level security;

grant select, insert, update, delete on attachments.file to heshi_app;
grant select on attachments.naming, attachments.reading to heshi_app;
grant select, update on attachments.file to heshi_follower;
grant select, insert on attachments.naming to heshi_follower;
grant select, update on attachments.reading to heshi_follower;

create policy see on attachments.naming for select to heshi_app using (matters.may_see(matter));
create policy see on attachments.file for select to heshi_app using (
  case when named then exists (select from attachments.naming n where n.file = id and matters.may_see(n.matter))
       else coalesce(current_setting('app.kind', true), '') <> '' end);
create policy add on attachments.file for insert to heshi_app
  with check (coalesce(current_setting('app.kind', true), '') <> '' and not named);
create policy touch on attachments.file for update to heshi_app
  using (coalesce(current_setting('app.kind', true), '') <> '' and not named) with check (not named);
create policy throw_away on attachments.file for delete to heshi_app
  using (current_setting('app.kind', true) = 'machine' and not named);
create policy see on attachments.reading for select to heshi_app using (current_setting('app.kind', true) = 'machine');

create policy follow on attachments.file for all to heshi_follower using (true) with check (true);
create policy follow on attachments.naming for all to heshi_follower using (true) with check (true);
create policy follow on attachments.reading for all to heshi_follower using (true) with check (true);
