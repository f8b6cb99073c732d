-- Codes of places that ended: what is kept for a place goes where it went. Both arrays are as long; only the program itself calls it.
create function privacy.move_places(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update privacy.hold t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'hold', a, b, count(*) from went group by a, b;
end $$;
revoke all on function privacy.move_places(text[], text[]) from public;
grant execute on function privacy.move_places(text[], text[]) to heshi_app;
