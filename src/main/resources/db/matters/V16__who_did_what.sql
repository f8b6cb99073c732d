-- Who gave an opinion does not judge over it: act asks, whether or not who acts may read those entries.
create function matters.units_that_did(m uuid, actions text[]) returns uuid[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct e.actor_unit), '{}') from matters.entry e
  where e.matter = m and e.action = any (actions) and e.actor_unit is not null
$$;
revoke all on function matters.units_that_did(uuid, text[]) from public;
grant execute on function matters.units_that_did(uuid, text[]) to heshi_app;

-- Times in which a reporter may do something, by when they are over: what nobody made use of lapses then.
create index clock_of_reporter on matters.clock (due_at) where relation = 'reporter' and paused_at is null;
