-- Everybody in several units, as directory.holders says of one: who tells many posts asks once.
create function directory.holders_in(p_units uuid[], p_at timestamptz)
returns table (post uuid, title text, person uuid, person_name text, unit uuid, unit_name text, unit_type text, division text,
               roles text[], stand_in boolean)
language sql stable security definer rows 50 set search_path = pg_catalog
as $$
  select p.id, p.title, who.id, who.name, u.id, u.name, u.type, coalesce(p.division_code, u.division_code), p.roles, l.stand_in is not null
    from directory.unit u
    join directory.post p on p.unit = u.id and p.started_at <= p_at and (p.ended_at is null or p_at < p.ended_at)
    join directory.holding h on h.post = p.id and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)
    left join directory.leave l on l.holding = h.id and l.starts_at <= p_at and p_at < l.ends_at
    join directory.person who on who.id = coalesce(l.stand_in, h.person)
   where u.id = any (p_units) and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at)
   order by p.id
$$;
revoke all on function directory.holders_in(uuid[], timestamptz) from public;
grant execute on function directory.holders_in(uuid[], timestamptz) to heshi_app, heshi_follower;
-- Whoever holds a post is asked for at every sign-in and every word that is told; the index that keeps two from holding it at once reads a dozen pages for each.
create index holding_post on directory.holding (post);
