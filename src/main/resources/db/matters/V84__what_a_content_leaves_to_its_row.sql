-- What is packed leaves to its row what the row says: whoever reads a content reads those columns with it (matters.log.Packed).
drop function matters.newest(uuid, text);
create function matters.newest(m uuid, a text, out seq int, out content text, out packed bytea, out matter uuid, out actor_unit uuid, out actor_post uuid,
                               out actor_person uuid, out held_by uuid, out recorded_at timestamptz) returns setof record
  language sql stable security definer set search_path = '' as $$
  select e.seq, e.content, e.packed, e.matter, e.actor_unit, e.actor_post, e.actor_person, e.held_by, e.recorded_at from matters.entry e
  where e.matter = m and e.action = a and (m = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(m))
  order by e.seq desc limit 1
$$;
revoke all on function matters.newest(uuid, text) from public;
grant execute on function matters.newest(uuid, text) to heshi_app;
