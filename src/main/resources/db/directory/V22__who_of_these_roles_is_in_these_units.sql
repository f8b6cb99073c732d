-- Who is told of something is a role in a unit: whoever asks for a clerk's office gets no list of its grid workers.
drop function directory.holders_in(uuid[], timestamptz);
create function directory.holders_in(p_units uuid[], p_roles text[], p_at timestamptz)
returns table (post uuid, title text, person uuid, person_name text, unit uuid, unit_name text, unit_type text, division text,
               roles text[], stand_in boolean)
language sql stable security definer rows 50 set search_path = pg_catalog
as $$
  select p.id, p.title, who.id, who.name, u.id, u.name, u.type, coalesce(p.division_code, u.division_code), p.roles, l.stand_in is not null
    from (select w.unit, array_agg(w.role) as roles from unnest(p_units, p_roles) as w (unit, role) group by w.unit) wanted
    join directory.unit u on u.id = wanted.unit and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at)
    join directory.post p on p.unit = u.id and p.roles && wanted.roles and p.started_at <= p_at and (p.ended_at is null or p_at < p.ended_at)
    join directory.holding h on h.post = p.id and h.starts_at <= p_at and (h.ends_at is null or p_at < h.ends_at)
    left join directory.leave l on l.holding = h.id and l.starts_at <= p_at and p_at < l.ends_at
    join directory.person who on who.id = coalesce(l.stand_in, h.person)
   order by p.id
$$;
revoke all on function directory.holders_in(uuid[], text[], timestamptz) from public;
grant execute on function directory.holders_in(uuid[], text[], timestamptz) to heshi_app, heshi_follower;
