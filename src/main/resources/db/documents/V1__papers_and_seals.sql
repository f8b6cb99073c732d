grant usage on schema documents to heshi_app;

-- Certificates by which units seal their papers. The private key lies in a PKCS#12 under seal in the folder of files, under the id.
create table documents.seal (
  id          uuid primary key,
  unit        uuid not null references directory.unit (id),
  certificate bytea not null,
  fingerprint bytea not null unique check (octet_length(fingerprint) = 32),
  self_made   boolean not null,
  begun_at    timestamptz not null,
  ended_at    timestamptz check (ended_at >= begun_at),
  -- somebody else may have had its key: what the register does not know is nobody's
  lost        boolean not null default false,
  check (not lost or ended_at is not null)
);
comment on table documents.seal is 'class: public. Certificates of units, by which anybody checks a paper.';
create unique index seal_of_a_unit on documents.seal (unit) where ended_at is null;
alter table documents.seal enable row level security;
grant select, insert on documents.seal to heshi_app;
grant update (ended_at, lost) on documents.seal to heshi_app;
create policy see on documents.seal for select to heshi_app using (true);
create policy add on documents.seal for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
create policy finish on documents.seal for update to heshi_app using (current_setting('app.kind', true) = 'machine');

-- The word before a unit's numbers, for each series of papers. No two units have the same one, so that a number names one paper.
create table documents.word (
  unit   uuid not null references directory.unit (id),
  series text collate "C" not null check (char_length(series) between 1 and 20),
  word   text collate "C" not null unique check (char_length(word) between 1 and 60),
  primary key (unit, series)
);
comment on table documents.word is 'class: staff. The word before a unit''s numbers, for each series of papers.';
alter table documents.word enable row level security;
grant select, insert on documents.word to heshi_app;
grant update (word) on documents.word to heshi_app;
create policy see on documents.word for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy write on documents.word for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');

-- How far each unit has counted. One row is locked until the act that takes the number is committed; rolled back, the number was never given.
create table documents.counter (
  unit uuid not null references directory.unit (id),
  word text collate "C" not null,
  year int not null check (year between 2000 and 2200),
  last int not null check (last >= 1),
  primary key (unit, word, year)
);
comment on table documents.counter is 'class: owned. How far each unit has counted its papers of a word in a year.';
alter table documents.counter enable row level security;

create table documents.number (
  id       uuid primary key,
  unit     uuid not null references directory.unit (id),
  word     text collate "C" not null,
  year     int not null,
  number   int not null check (number >= 1),
  matter   uuid not null references matters.matter (id),
  given_at timestamptz not null,
  unique (unit, word, year, number)
);
comment on table documents.number is 'class: owned. Numbers that were given, and to which matter. Kept when the matter is erased: the row of numbers has no gap.';
create index number_of_a_matter on documents.number (matter);
alter table documents.number enable row level security;
grant select on documents.number to heshi_app;
create policy see on documents.number for select to heshi_app using (matters.may_see(matter));

-- The only way to a number: whoever acts sees the matter, and staff count for their own unit alone.
create function documents.give_number(i uuid, u uuid, s text, proposed text[], y int, m uuid, t timestamptz, out word text, out number int)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  w text;
  p text;
begin
  if coalesce(current_setting('app.kind', true), '') not in ('staff', 'machine') or not matters.may_see(m)
      or current_setting('app.kind', true) = 'staff' and u is distinct from nullif(current_setting('app.unit', true), '')::uuid then
    raise exception 'who acts gives no number of this unit to this matter' using errcode = 'insufficient_privilege';
  end if;
  select d.word into w from documents.word d where d.unit = u and d.series = s;
  foreach p in array proposed loop
    exit when w is not null;
    insert into documents.word as d (unit, series, word) values (u, s, p) on conflict do nothing returning d.word into w;
    if w is null then
      -- another thread of the same unit was first, or another unit has the word
      select d.word into w from documents.word d where d.unit = u and d.series = s;
    end if;
  end loop;
  if w is null then
    raise exception 'no word is free for this unit' using errcode = 'unique_violation';
  end if;
  insert into documents.counter as c (unit, word, year, last) values (u, w, y, 1)
    on conflict on constraint counter_pkey do update set last = c.last + 1 returning c.last into number;
  insert into documents.number values (i, u, w, y, number, m, t);
  word := w;
end $$;

-- A paper of a matter. What it says stands in its file alone.
create table documents.paper (
  id           uuid primary key,
  kind         text collate "C" not null check (kind ~ '^[a-z][a-z0-9-]{1,39}$'),
  matter       uuid not null references matters.matter (id),
  unit         uuid not null references directory.unit (id),
  number       uuid references documents.number (id),
  -- a number that was given elsewhere, by the act itself
  given        text check (char_length(given) between 1 and 80),
  audience     text[] not null check (cardinality(audience) > 0),
  issued_at    timestamptz not null,
  withdrawn_at timestamptz check (withdrawn_at >= issued_at),
  forgotten_at timestamptz,
  check (number is null or given is null)
);
comment on table documents.paper is 'class: owned. Papers of matters: kind, number and for whom; no words. Kept when the matter is erased, without what they say.';
create index paper_of_a_matter on documents.paper (matter, issued_at);
alter table documents.paper enable row level security;
grant select, insert on documents.paper to heshi_app;
grant update (withdrawn_at, forgotten_at) on documents.paper to heshi_app;
-- under an opening no files are shown
create policy see on documents.paper for select to heshi_app
  using (coalesce(current_setting('app.opened', true), '') = '' and matters.may_read(matter, audience));
create policy add on documents.paper for insert to heshi_app with check (matters.may_read(matter, audience)
  and (current_setting('app.kind', true) = 'machine'
    or current_setting('app.kind', true) = 'staff' and unit = nullif(current_setting('app.unit', true), '')::uuid)
  and withdrawn_at is null and forgotten_at is null);
create policy finish on documents.paper for update to heshi_app using (matters.may_read(matter, audience)
  and (current_setting('app.kind', true) = 'machine'
    or current_setting('app.kind', true) = 'staff' and unit = nullif(current_setting('app.unit', true), '')::uuid));

-- What was printed: the bytes lie under seal in the folder of files, under the id in file.
create table documents.version (
  paper   uuid not null references documents.paper (id),
  version int not null check (version >= 1),
  file    uuid not null unique,
  sha256  bytea not null unique check (octet_length(sha256) = 32),
  size    bigint not null check (size > 0),
  pages   int not null check (pages >= 1),
  seal    uuid references documents.seal (id),
  made_at timestamptz not null,
  person  uuid,
  post    uuid,
  primary key (paper, version)
);
comment on table documents.version is 'class: owned. Versions of papers: digest, by whom, under which seal.';
alter table documents.version enable row level security;
grant select, insert on documents.version to heshi_app;
create policy see on documents.version for select to heshi_app using (exists (select from documents.paper p where p.id = paper));
create policy add on documents.version for insert to heshi_app with check (exists (select from documents.paper p where p.id = paper
  and p.withdrawn_at is null and p.forgotten_at is null
  and (current_setting('app.kind', true) = 'machine'
    or current_setting('app.kind', true) = 'staff' and p.unit = nullif(current_setting('app.unit', true), '')::uuid)));

create table documents.reprint (
  paper   uuid not null,
  nth     int not null check (nth >= 1),
  version int not null,
  sha256  bytea not null unique check (octet_length(sha256) = 32),
  at      timestamptz not null,
  person  uuid,
  post    uuid,
  primary key (paper, nth),
  foreign key (paper, version) references documents.version (paper, version)
);
comment on table documents.reprint is 'class: owned. Copies that were printed again, each marked as such: digest, when, by whom.';
alter table documents.reprint enable row level security;
grant select, insert on documents.reprint to heshi_app;
create policy see on documents.reprint for select to heshi_app using (exists (select from documents.paper p where p.id = paper));
create policy add on documents.reprint for insert to heshi_app with check (exists (select from documents.paper p where p.id = paper
  and p.forgotten_at is null) and current_setting('app.kind', true) in ('staff', 'machine'));

-- All papers of a matter in one file.
create table documents.case_file (
  id           uuid primary key,
  matter       uuid not null references matters.matter (id),
  unit         uuid not null references directory.unit (id),
  number       uuid references documents.number (id),
  audience     text[] not null check (cardinality(audience) > 0),
  file         uuid not null unique,
  sha256       bytea not null unique check (octet_length(sha256) = 32),
  size         bigint not null check (size > 0),
  pages        int not null check (pages >= 1),
  bound_at     timestamptz not null,
  person       uuid,
  post         uuid,
  forgotten_at timestamptz
);
comment on table documents.case_file is 'class: owned. Case files as they were bound: digest, size, pages.';
create index case_file_of_a_matter on documents.case_file (matter);
alter table documents.case_file enable row level security;
grant select, insert on documents.case_file to heshi_app;
grant update (forgotten_at) on documents.case_file to heshi_app;
create policy see on documents.case_file for select to heshi_app
  using (coalesce(current_setting('app.opened', true), '') = '' and matters.may_read(matter, audience));
create policy add on documents.case_file for insert to heshi_app with check (matters.may_read(matter, audience)
  and (current_setting('app.kind', true) = 'machine'
    or current_setting('app.kind', true) = 'staff' and unit = nullif(current_setting('app.unit', true), '')::uuid));
create policy forget on documents.case_file for update to heshi_app using (current_setting('app.kind', true) = 'machine');

revoke all on all functions in schema documents from public;
grant execute on function documents.give_number(uuid, uuid, text, text[], int, uuid, timestamptz) to heshi_app;
