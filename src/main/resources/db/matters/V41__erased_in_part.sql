-- Evidence that some particulars of a matter were erased while the others stay. Which, stands in the entry.
create table matters.part (
  matter       uuid not null references matters.matter (id),
  seq          int not null,
  at           timestamptz not null,
  rule         text not null check (char_length(rule) between 1 and 120),
  particulars  int not null check (particulars >= 0),
  fields       text[] not null,
  files        uuid[] not null,
  file_entries int[] not null,
  digest       bytea not null check (octet_length(digest) = 32),
  old_key      uuid not null,
  rooms        text[] not null default '{}',
  done_at      timestamptz check (done_at >= at),
  primary key (matter, seq),
  foreign key (matter, seq) references matters.entry (matter, seq)
);
comment on table matters.part is 'class: owned. That some particulars of a matter were erased: how many, of which fields, their digest, and which rooms have forgotten them. No word of them.';
comment on column matters.part.old_key is 'Names the key under which they stood, with all that stays; destroyed, and what stays is under another.';
create index part_not_done on matters.part (at) where done_at is null;
create index part_of_rule on matters.part (rule);
alter table matters.part enable row level security;
grant select, insert on matters.part to heshi_app;
grant update (rooms, done_at) on matters.part to heshi_app;
grant select on matters.part to heshi_follower;
create policy see on matters.part for select to heshi_app using (matters.may_see(matter));
create policy add on matters.part for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
create policy finish on matters.part for update to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy follow on matters.part for select to heshi_follower using (true);

-- What stays is sealed anew under another key, because the one under which it stood with what went is destroyed. What was erased stays erased.
create function matters.reseal(of uuid, seqs int[], fields text[], ordinals smallint[], words bytea[]) returns int
  language plpgsql security definer set search_path = '' as $$
declare done int;
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'for the program itself' using errcode = 'insufficient_privilege';
  end if;
  update matters.particular p set sealed = w.sealed
  from unnest(seqs, fields, ordinals, words) as w (seq, field, ordinal, sealed)
  where p.matter = of and p.seq = w.seq and p.field = w.field and p.ordinal = w.ordinal and p.erased_at is null and w.sealed is not null;
  get diagnostics done = row_count;
  return done;
end $$;
revoke all on function matters.reseal(uuid, int[], text[], smallint[], bytea[]) from public;
grant execute on function matters.reseal(uuid, int[], text[], smallint[], bytea[]) to heshi_app;
