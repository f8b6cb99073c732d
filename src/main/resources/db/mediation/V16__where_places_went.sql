-- Codes of places that ended: what is kept for a place goes where it went. Both arrays are as long; only the program itself calls it.
create function mediation.move_places(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update mediation.body t set division = x.b from unnest(p_was, p_now) as x (a, b) where t.division = x.a returning x.a, x.b)
    select 'committee', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.mediator t set division = x.b from unnest(p_was, p_now) as x (a, b) where t.division = x.a returning x.a, x.b)
    select 'mediator', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.skill t set division = x.b from unnest(p_was, p_now) as x (a, b) where t.division = x.a returning x.a, x.b)
    select 'skill', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.room t set division = x.b from unnest(p_was, p_now) as x (a, b) where t.division = x.a returning x.a, x.b)
    select 'room', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.figure t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'case', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.print t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'print', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.signing t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'signing', a, b, count(*) from went group by a, b;
end $$;
revoke all on function mediation.move_places(text[], text[]) from public;
grant execute on function mediation.move_places(text[], text[]) to heshi_app;
