-- What a party tells the lead alone names that unit beside the relation: whoever leads later reads it no more than whoever led before.
create or replace function matters.may_read(m uuid, audience text[]) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then matters.may_see(m) and ('staff' = any (audience) or exists (
        select from matters.holding h
        where h.matter = m and h.unit = nullif(current_setting('app.unit', true), '')::uuid and not h.barred and h.relation = any (audience)
          and (h.relation <> 'lead' or 'of:' || h.unit = any (audience) or not exists (select from unnest(audience) as a (word) where starts_with(a.word, 'of:')))))
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid
      and (audience && array['public', 'parties', 'party:' || current_setting('app.party', true)]
           or 'reporter' = any (audience) and exists (select from matters.party p
                where p.matter = m and p.party = nullif(current_setting('app.party', true), '')::smallint and p.role = 'reporter'))
    when 'machine' then true
    else false
  end
$$;
