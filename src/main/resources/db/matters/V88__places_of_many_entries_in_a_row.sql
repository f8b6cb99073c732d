-- Which entry stands at which place of the log took a row and two keys for each. A row tells it of up to 32 entries that stand one after another; the last row is
-- filled up before another begins. An entry is found by its place in the row that begins before it, a place by its entry in the rows since it was recorded.
create table matters.position_row (
  first   bigint not null check (first >= 1),
  since   timestamptz not null,
  upto    timestamptz not null check (upto >= since),
  matters uuid[] not null,
  seqs    int[] not null check (cardinality(seqs) between 1 and 32 and cardinality(seqs) = cardinality(matters))
);
comment on table matters.position_row is 'class: owned. The order in which followers read the log, of 32 entries at most in a row. Read it as matters.position.';
comment on column matters.position_row.first is 'the position of the first of them';
comment on column matters.position_row.since is 'when the newest of all entries before this row was recorded: whatever was recorded later stands in this row or behind it';
comment on column matters.position_row.upto is 'the same with those of this row';
-- Entries that got their position ahead of their transaction, because a later one of their matter was to have its own: they are passed over when that comes.
create table matters.position_ahead (
  matter uuid not null,
  seq    int not null,
  primary key (matter, seq)
);
comment on table matters.position_ahead is 'class: owned. Entries that got a position before the turn of their transaction; nearly always none.';

insert into matters.position_row (first, since, upto, matters, seqs)
  select first, coalesce(max(newest) over (order by first rows between unbounded preceding and 1 preceding), '-infinity'),
         coalesce(max(newest) over (order by first), '-infinity'), matters, seqs
  from (
    -- where one is missing, another row begins, so that it stays missing
    select min(position) as first, max(recorded_at) as newest, array_agg(matter order by position) as matters, array_agg(seq order by position) as seqs
    from (select p.position, p.matter, p.seq, e.recorded_at, p.position - row_number() over (order by p.position) as lost
          from matters.position p join matters.entry_row e on e.matter = p.matter and e.seq = p.seq) one
    group by lost, (position - 1) / 32) many
  order by first;
insert into matters.position_ahead (matter, seq)
  select p.matter, p.seq from matters.sequencer s join matters.entry_row e on e.xid > s.xid join matters.position p on p.matter = e.matter and p.seq = e.seq;
do $$
begin
  if (select count(*) from matters.position) <> (select coalesce(sum(cardinality(seqs)), 0) from matters.position_row) then
    raise exception 'not every position came over';
  end if;
end $$;
drop table matters.position;
alter table matters.position_row add constraint position_pkey primary key (first);
create index position_since on matters.position_row (since, first);

alter table matters.position_row enable row level security;
alter table matters.position_ahead enable row level security;
grant select on matters.position_row to heshi_app;
grant select, insert, update on matters.position_row to heshi_follower;
grant select, insert, delete on matters.position_ahead to heshi_follower;
create policy see on matters.position_row for select to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy follow on matters.position_row for all to heshi_follower using (true) with check (true);
create policy follow on matters.position_ahead for all to heshi_follower using (true) with check (true);

create view matters.position with (security_invoker = true) as
  select p.first + u.n - 1 as position, u.matter, u.seq from matters.position_row p cross join lateral unnest(p.matters, p.seqs) with ordinality as u (matter, seq, n);
comment on view matters.position is 'The position of each entry. One is looked for by its position in matters.position_row, by its entry with matters.position_of.';
grant select on matters.position to heshi_app, heshi_follower;

-- The rows are read in order and left at the one that has it: never all of them, whatever is known of how many there are.
create function matters.position_of(m uuid, s int) returns bigint language sql stable set search_path = '' set enable_seqscan = off set enable_sort = off as $$
  select p.first + u.n - 1 from matters.position_row p cross join lateral unnest(p.matters, p.seqs) with ordinality as u (matter, seq, n)
  where p.first >= coalesce((select b.first from matters.position_row b
                             where b.since < (select e.recorded_at from matters.entry_row e where e.matter = m and e.seq = s) order by b.since desc, b.first desc limit 1), 1)
    and m = any (p.matters) and u.matter = m and u.seq = s
  order by p.first limit 1
$$;
comment on function matters.position_of is 'The position of an entry, as far as who asks may see it; null when it has none yet.';
revoke all on function matters.position_of(uuid, int) from public;
grant execute on function matters.position_of(uuid, int) to heshi_app, heshi_follower;

-- never an empty one: a plan for no rows reads all of them, and is kept by connections for long after there are some
do $$
begin
  if exists (select from matters.position_row) then
    analyze matters.position_row;
  end if;
end $$;
