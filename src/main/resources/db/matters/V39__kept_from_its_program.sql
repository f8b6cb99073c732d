-- A program reads what it reported in the reporter's place, but not what is about an office whose program it is, and not what is put away or erased.
create function matters.kept_from(m uuid, units uuid[]) returns boolean language sql stable security definer set search_path = '' as $$
  select not exists (select from matters.matter a where a.id = m and a.put_away_at is null and a.erased_at is null)
     or exists (select from matters.holding h where h.matter = m and h.barred and h.unit = any (units))
$$;
revoke all on function matters.kept_from(uuid, uuid[]) from public;
grant execute on function matters.kept_from(uuid, uuid[]) to heshi_app;
