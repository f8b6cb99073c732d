-- Monthly bulletins of a centre: what its supervisor wrote before and after the figures, and, once released, the paper itself, which never changes.
create table statistics.bulletin (
  id          uuid primary key,
  place       text collate "C" not null check (place ~ '^[0-9]{2,17}$'),
  month       date not null check (extract(day from month) = 1),
  version     smallint not null check (version >= 1),
  unit        uuid not null references directory.unit (id),
  foreword    text not null check (char_length(foreword) <= 4000),
  remarks     text not null check (char_length(remarks) <= 4000),
  revision    int not null default 0,
  written_at  timestamptz not null,
  written_by  uuid not null,
  number      smallint check (number >= 1),
  counted_at  timestamptz,
  released_at timestamptz,
  released_by uuid,
  pdf         bytea,
  unique (place, month, version),
  check ((released_at is null) = (released_by is null) and (released_at is null) = (pdf is null) and (released_at is null) = (number is null)
     and (released_at is null) = (counted_at is null)),
  check (released_at is null or released_at > month + interval '27 days')
);
comment on table statistics.bulletin is
  'class: staff. Monthly bulletins of a place: words of the supervisor, and the paper as it was released. Figures in it leave out whatever somebody is barred from.';
comment on column statistics.bulletin.unit is 'the centre that issues it';
comment on column statistics.bulletin.version is 'more than 1: takes the place of an earlier one of the same month, which stays as it was';
comment on column statistics.bulletin.revision is 'how often the draft was saved';
comment on column statistics.bulletin.written_by is 'the post that saved it last';
comment on column statistics.bulletin.released_by is 'the post';
comment on column statistics.bulletin.number is 'which of the year';
create unique index bulletin_one_draft on statistics.bulletin (place, month) where released_at is null;
create index bulletin_newest on statistics.bulletin (month desc, place, version desc);

create function statistics.released_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  -- but for the code of its place, when that goes on under another one
  if old.released_at is not null and (tg_op = 'DELETE' or to_jsonb(new) - 'place' <> to_jsonb(old) - 'place') then
    raise exception 'what was released stays as it was' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger bulletin_stays before update or delete on statistics.bulletin for each row execute function statistics.released_stays();

-- The head and the supervisors of exactly that place write; what is released is for whoever watches the place, a part of it, what it is a part of, or what it went into.
create function statistics.writes_for(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'staff' and place = nullif(current_setting('app.scope', true), '')
    and string_to_array(current_setting('app.roles', true), ',') && array['head', 'supervisor']
$$;
comment on function statistics.writes_for is 'Whether who acts is head or supervisor of exactly this place.';
revoke all on function statistics.writes_for(text) from public;
grant execute on function statistics.writes_for(text) to heshi_app;

alter table statistics.bulletin enable row level security;
grant select, insert, update, delete on statistics.bulletin to heshi_app;
create policy see on statistics.bulletin for select to heshi_app using (statistics.writes_for(place)
  or released_at is not null and (statistics.counts_for(place) or current_setting('app.once', true) > '' and statistics.went_into(place)
    or current_setting('app.kind', true) = 'staff' and starts_with(nullif(current_setting('app.scope', true), ''), place)));
create policy write on statistics.bulletin for all to heshi_app using (statistics.writes_for(place)) with check (statistics.writes_for(place));
