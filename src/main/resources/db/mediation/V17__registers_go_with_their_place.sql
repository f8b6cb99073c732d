-- Allowances, scales and what supervisors found go with their place: lines stay as they were written, but for whose eyes they are.
create or replace function mediation.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  -- county is made from division after this
  if tg_op = 'UPDATE' and to_jsonb(new) - '{division,county}'::text[] = to_jsonb(old) - '{division,county}'::text[] then
    return new;
  end if;
  raise exception 'lines are only added here' using errcode = 'integrity_constraint_violation';
end $$;
create or replace function mediation.refuse_change_of_finding() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'scope' = to_jsonb(old) - 'scope' then
    return new;
  end if;
  if tg_op = 'DELETE' or old.erased_at is not null or new.words <> '' or new.erased_at is null
      or (new.id, new.scope, new.about, new.at, new.person, new.post) is distinct from (old.id, old.scope, old.about, old.at, old.person, old.post) then
    raise exception 'lines are only added here' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

-- A scale goes along where the other place has none; otherwise nobody's word is overruled: it stays, and is told of.
create function mediation.move_registers(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update mediation.allowance t set division = x.b from unnest(p_was, p_now) as x (a, b) where t.division = x.a returning x.a, x.b)
    select 'allowance', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.finding t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'finding', a, b, count(*) from went group by a, b;
  return query with went as (
    update mediation.scale t set division = x.b from unnest(p_was, p_now) as x (a, b) where t.division = x.a
      and not exists (select from mediation.scale o where o.division = x.b)
      and x.a = (select min(y.a) from unnest(p_was, p_now) as y (a, b) join mediation.scale o on o.division = y.a where y.b = x.b) returning x.a, x.b)
    select 'scale', a, b, count(*) from went group by a, b;
  return query select 'scale', t.division, '', count(*) from mediation.scale t where t.division = any (p_was) group by t.division;
end $$;
revoke all on function mediation.move_registers(text[], text[]) from public;
grant execute on function mediation.move_registers(text[], text[]) to heshi_app;
