-- Names and numbers are for posts that work on a matter: whoever audits, supervises or only checks in the lead's or a helper's unit does not need them
-- (access/table.md, lead and helper; Personal Information Protection Law, article 6).
create or replace function matters.may_see_contact(m uuid, p smallint) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then matters.may_see(m) and exists (
        select from matters.holding h
        where h.matter = m and h.unit = nullif(current_setting('app.unit', true), '')::uuid and not h.barred
          and case h.relation
                when 'desk' then h.turn and string_to_array(current_setting('app.roles', true), ',') && array['window-clerk', 'dispatcher', 'head', 'handler']
                when 'verifier' then h.turn and 'verifier' = any (string_to_array(current_setting('app.roles', true), ','))
                when 'lead' then not (select t.terminal from matters.matter t where t.id = m) and string_to_array(current_setting('app.roles', true), ',')
                  && array['handler', 'head', 'dispatcher', 'mediator', 'grid-worker', 'window-clerk']
                when 'helper' then not (select t.terminal from matters.matter t where t.id = m) and string_to_array(current_setting('app.roles', true), ',')
                  && array['handler', 'head', 'dispatcher', 'mediator', 'grid-worker', 'window-clerk']
                else false end)
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid and p = nullif(current_setting('app.party', true), '')::smallint
    when 'machine' then true
    else false
  end
$$;
