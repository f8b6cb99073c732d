-- Names and numbers are for the units at work: when a matter has ended nobody is, until it is opened again.
create or replace function matters.may_see_contact(m uuid, p smallint) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then matters.may_see(m) and exists (
        select from matters.holding h
        where h.matter = m and h.unit = nullif(current_setting('app.unit', true), '')::uuid and not h.barred
          and (h.relation in ('lead', 'helper') and not (select t.terminal from matters.matter t where t.id = m) or h.turn)
          and (h.relation <> 'verifier' or 'verifier' = any (string_to_array(current_setting('app.roles', true), ',')))
          and (h.relation <> 'desk' or string_to_array(current_setting('app.roles', true), ',') && array['window-clerk', 'dispatcher', 'head', 'handler']))
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid and p = nullif(current_setting('app.party', true), '')::smallint
    when 'machine' then true
    else false
  end
$$;
