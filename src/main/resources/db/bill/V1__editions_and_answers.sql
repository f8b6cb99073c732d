grant usage on schema bill to heshi_app;

-- One month as it was counted once. What was released is never changed; a month that is counted anew is another part.
create table bill.part (
  id         uuid primary key,
  month      date not null check (extract(day from month) = 1),
  counted_at timestamptz not null,
  k          smallint not null check (k >= 5),
  released   boolean not null default false
);
comment on table bill.part is 'class: public. A finished month as it was counted once for the public bill; drafts are for staff until somebody releases them.';
comment on column bill.part.k is 'what is counted of fewer is not told';
create index part_of_month on bill.part (month, counted_at);

-- The lines of its tables with the names that they had then. Line 0 is the total.
create table bill.line (
  part     uuid not null references bill.part (id) on delete cascade,
  axis     text collate "C" not null check (axis in ('town', 'category')),
  place    smallint not null check (place >= 0),
  code     text collate "C" not null,
  name     text not null,
  name_en  text not null,
  primary key (part, axis, place)
);
comment on table bill.line is 'class: public. Towns and categories of a counted month; line 0 is all of them.';

-- What is told of one town and category, or of a total. Of the kinds that are published one by one the numbers as they are; of the others, and of what people said of any, what may be told:
-- -1 is not told, -2 is k or less. Nothing that is not told is kept here.
create table bill.cell (
  part              uuid not null references bill.part (id) on delete cascade,
  town              smallint not null,
  category          smallint not null,
  listed_received   int not null check (listed_received >= 0),
  listed_solved     int not null check (listed_solved >= 0),
  listed_otherwise  int not null check (listed_otherwise >= 0),
  received          int not null check (received >= -1),
  solved            int not null check (solved >= -1),
  otherwise         int not null check (otherwise >= -2),
  content           int not null check (content >= -1),
  discontent        int not null check (discontent >= -2),
  median            bigint check (median is null or median >= 0 and solved >= 0),
  p90               bigint check (p90 is null or p90 >= 0 and solved >= 0),
  primary key (part, town, category)
);
comment on table bill.cell is 'class: public. Figures of the public bill after suppression; a number that is not told is not here.';
comment on column bill.cell.median is 'seconds from coming in to the end, of those that were solved';

create table bill.edition (
  id          uuid primary key,
  number      int unique check (number >= 1),
  month       date not null check (extract(day from month) = 1),
  made_at     timestamptz not null,
  recounted   date[] not null default '{}',
  digest      text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  released_at timestamptz,
  released_by uuid,
  check ((number is null) = (released_at is null) and (released_at is null) = (released_by is null))
);
comment on table bill.edition is 'class: public. Editions of the public bill: all finished months up to one; a draft until somebody of the centre releases it.';
comment on column bill.edition.recounted is 'months that were counted anew';
comment on column bill.edition.released_by is 'the post';
create unique index edition_one_draft on bill.edition ((true)) where released_at is null;

create table bill.edition_part (
  edition uuid not null references bill.edition (id) on delete cascade,
  part    uuid not null references bill.part (id),
  primary key (edition, part)
);
comment on table bill.edition_part is 'class: public. Which counted months an edition holds; one that was released is in every later edition as it was.';
create index edition_part_of_part on bill.edition_part (part);

-- Answers without names.
create table bill.answer (
  matter      uuid primary key references matters.matter (id),
  id          uuid not null unique,
  unit        uuid not null references directory.unit (id),
  kind        text collate "C" not null,
  title       text not null check (char_length(title) between 1 and 60),
  question    text not null check (char_length(question) between 1 and 2000),
  answer      text not null check (char_length(answer) between 1 and 5000),
  town        text not null check (char_length(town) <= 60),
  written_at  timestamptz not null,
  written_by  uuid not null,
  released_at timestamptz,
  released_by uuid,
  revoked_at  timestamptz check (revoked_at >= released_at),
  check ((released_at is null) = (released_by is null) and released_by <> written_by)
);
comment on table bill.answer is 'class: owned. An answer as somebody of the centre wrote it for everybody, and who released it.';
comment on column bill.answer.town is 'name of the town or county; nothing nearer';
create index answer_of_unit on bill.answer (unit, written_at desc, matter);

create table bill.objection (
  matter uuid primary key references matters.matter (id),
  at     timestamptz not null
);
comment on table bill.objection is 'class: owned. Matters of which somebody whom they concern wants nothing published.';

create table bill.published_answer (
  id       uuid primary key references bill.answer (id) on delete cascade,
  kind     text collate "C" not null,
  title    text not null,
  question text not null,
  answer   text not null,
  town     text not null,
  at       timestamptz not null
);
comment on table bill.published_answer is 'class: public. Answers that everybody may read; nothing of whose matter it was.';
create index published_answer_newest on bill.published_answer (at desc, id);

alter table bill.part enable row level security;
alter table bill.line enable row level security;
alter table bill.cell enable row level security;
alter table bill.edition enable row level security;
alter table bill.edition_part enable row level security;
alter table bill.answer enable row level security;
alter table bill.objection enable row level security;
alter table bill.published_answer enable row level security;
grant select, insert, update, delete on bill.part, bill.edition, bill.answer to heshi_app;
grant select, insert, delete on bill.line, bill.cell, bill.edition_part, bill.objection, bill.published_answer to heshi_app;

create function bill.is_machine() returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'machine'
$$;
create function bill.publishes() returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'machine'
    or current_setting('app.kind', true) = 'staff' and string_to_array(current_setting('app.roles', true), ',') && array['head', 'supervisor']
$$;
revoke all on all functions in schema bill from public;
grant execute on function bill.is_machine(), bill.publishes() to heshi_app;

create policy see on bill.part for select to heshi_app using (released or bill.publishes());
create policy write on bill.part for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.line for select to heshi_app using (part in (select p.id from bill.part p));
create policy write on bill.line for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.cell for select to heshi_app using (part in (select p.id from bill.part p));
create policy write on bill.cell for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.edition for select to heshi_app using (released_at is not null or bill.publishes());
create policy write on bill.edition for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.edition_part for select to heshi_app using (edition in (select e.id from bill.edition e));
create policy write on bill.edition_part for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.answer for select to heshi_app using (bill.is_machine() or bill.publishes() and matters.may_see(matter));
create policy write on bill.answer for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.objection for select to heshi_app using (bill.is_machine() or matters.may_see(matter));
create policy write on bill.objection for all to heshi_app using (bill.is_machine()) with check (bill.is_machine());
create policy see on bill.published_answer for select to heshi_app using (true);
create policy publish on bill.published_answer for insert to heshi_app with check (bill.is_machine());
create policy take_down on bill.published_answer for delete to heshi_app using (bill.is_machine());

-- The last judge: what was released stays as it was.
create function bill.released_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'edition' and to_jsonb(old)->>'released_at' is not null or tg_table_name = 'part' and (to_jsonb(old)->>'released')::boolean then
    raise exception 'what was released stays as it was' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger edition_stays before update or delete on bill.edition for each row execute function bill.released_stays();
create trigger part_stays before update or delete on bill.part for each row execute function bill.released_stays();
create function bill.counted_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from bill.part p where p.released and p.id = case when tg_op = 'DELETE' then old.part else new.part end) then
    raise exception 'what was released stays as it was' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create function bill.held_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from bill.edition e where e.released_at is not null and e.id = case when tg_op = 'DELETE' then old.edition else new.edition end) then
    raise exception 'what was released stays as it was' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger edition_part_stays before insert or update or delete on bill.edition_part for each row execute function bill.held_stays();
create trigger line_stays before insert or update or delete on bill.line for each row execute function bill.counted_stays();
create trigger cell_stays before insert or update or delete on bill.cell for each row execute function bill.counted_stays();

-- Nothing is published that nobody else released, nor against somebody's word.
create function bill.only_released() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from bill.answer a where a.id = new.id and a.released_at is not null and a.revoked_at is null
                   and not exists (select from bill.objection o where o.matter = a.matter)) then
    raise exception 'an answer is published when another person released it and nobody objects' using errcode = 'check_violation', constraint = 'answer_released';
  end if;
  return new;
end $$;
revoke all on function bill.only_released() from public;
create trigger published_when_released before insert on bill.published_answer for each row execute function bill.only_released();
