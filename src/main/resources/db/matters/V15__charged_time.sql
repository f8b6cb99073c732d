-- How long each unit had the matter in its hands, counted from entry to entry: what follows an entry is charged to the unit whose turn it is after it.
-- Time after the end is nobody's. The parts add up to the whole. Entries from before units were written into them are charged to nobody known.
create function matters.charged(m uuid, until timestamptz, out turn text, out held_by uuid, out millis bigint) returns setof record
  language sql stable security definer set search_path = '' as $$
  select x.turn, x.held_by, sum(extract(epoch from x.next - x.recorded_at) * 1000)::bigint
  from (select e.turn, e.held_by, e.recorded_at,
               coalesce(lead(e.recorded_at) over (order by e.seq), greatest(until, e.recorded_at)) as next
        from matters.entry e where e.matter = m) x
  where x.turn is distinct from 'none' and matters.may_see(m)
  group by x.turn, x.held_by
$$;
revoke all on function matters.charged(uuid, timestamptz) from public;
grant execute on function matters.charged(uuid, timestamptz) to heshi_app;
