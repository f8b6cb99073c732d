-- What is open and over a limit at a moment, of a place or a unit: put to all limits together, as due_by_unit is, since asking may_see of each costs a function's call a row.
create function matters.over_limit(p_at timestamptz, p_place text, p_then boolean, p_lead uuid, p_kind text, p_category text, p_channel text, p_level int)
  returns table (matter uuid, due_at timestamptz) language sql stable security definer rows 100 set search_path = '' as $$
  select m.id, o.due
    from (select c.matter, date_trunc('milliseconds', min(c.due_at)) as due from matters.clock c where c.owed and c.paused_at is null and c.due_at <= p_at group by c.matter) o
    join matters.matter m on m.id = o.matter
    cross join lateral (select case when p_then then coalesce(m.scope_was, m.scope_code) else m.scope_code end as scope) s
   where not m.terminal and current_setting('app.kind', true) = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
     and (p_place = '' or starts_with(case when starts_with(m.division_code, s.scope) then m.division_code else s.scope end, p_place))
     and (p_lead is null or m.lead = p_lead) and (p_kind is null or m.kind = p_kind) and (p_channel is null or m.channel = p_channel)
     and (p_level is null or m.level = p_level) and (p_category is null or case when p_category = '' then m.category is null else starts_with(m.category, p_category) end)
     and (coalesce((select true from matters.holding h
                    where h.matter = m.id and not h.barred and (h.unit = nullif(current_setting('app.unit', true), '')::uuid
                      or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))) limit 1), false)
          or m.scope_was is not null and matters.seen_from_before(m.scope_was, m.scope_moved_at, m.last_at))
     and m.id not in (select matters.kept_from())
$$;
comment on function matters.over_limit is 'Open matters over a limit that is owed and does not stand still, as far as who acts may see them, each with the limit that is over longest.';
revoke all on function matters.over_limit(timestamptz, text, boolean, uuid, text, text, text, int) from public;
grant execute on function matters.over_limit(timestamptz, text, boolean, uuid, text, text, text, int) to heshi_app;
