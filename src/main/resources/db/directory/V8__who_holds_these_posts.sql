-- Who holds each of these posts, as directory.holders says of a unit's: rooms that list posts of many units ask once.
create function directory.holders_of(p_posts uuid[], p_at timestamptz)
returns table (post uuid, title text, person uuid, person_name text, unit uuid, unit_name text, unit_type text, division text,
               roles text[], stand_in boolean)
language sql stable security definer rows 30 set search_path = pg_catalog
as $$
  select p.id, p.title, who.id, who.name, u.id, u.name, u.type, coalesce(p.division_code, u.division_code), p.roles, l.stand_in is not null
    from directory.post p
    join directory.unit u on u.id = p.unit and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at)
    join directory.holding h on h.post = p.id and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)
    left join directory.leave l on l.holding = h.id and l.starts_at <= p_at and p_at < l.ends_at
    join directory.person who on who.id = coalesce(l.stand_in, h.person)
   where p.id = any (p_posts) and p.started_at <= p_at and (p.ended_at is null or p_at < p.ended_at)
$$;
-- Posts with a role, at a place and below it, held by somebody whose name begins so.
create function directory.posts_by_name(p_name text, p_role text, p_within text, p_at timestamptz, p_limit int)
returns table (post uuid)
language sql stable security definer rows 50 set search_path = pg_catalog
as $$
  select p.id
    from directory.person who
    join directory.holding h on h.person = who.id and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)
    join directory.post p on p.id = h.post and p.started_at <= p_at and (p.ended_at is null or p_at < p.ended_at)
    join directory.unit u on u.id = p.unit
   where who.name >= p_name and who.name < p_name || chr(1114111) and p_role = any (p.roles)
     and starts_with(coalesce(p.division_code, u.division_code), p_within)
   order by who.name, p.id
   limit p_limit
$$;
create index person_name on directory.person (name, id);
revoke all on function directory.holders_of(uuid[], timestamptz), directory.posts_by_name(text, text, text, timestamptz, int) from public;
grant execute on function directory.holders_of(uuid[], timestamptz), directory.posts_by_name(text, text, text, timestamptz, int) to heshi_app;
