-- The book of breaches is read and gone on with where its place went; what stands in it stays. Who opened what was put away goes with the matter.
create or replace function privacy.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'scope' = to_jsonb(old) - 'scope' then
    return new;
  end if;
  raise exception 'the book of breaches is only added to' using errcode = 'integrity_constraint_violation';
end $$;

create or replace function privacy.move_places(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update privacy.hold t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'hold', a, b, count(*) from went group by a, b;
  return query with went as (
    update privacy.opening t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'opening', a, b, count(*) from went group by a, b;
end $$;

create function privacy.move_registers(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update privacy.incident t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'breach', a, b, count(*) from went group by a, b;
end $$;
revoke all on function privacy.move_registers(text[], text[]) from public;
grant execute on function privacy.move_registers(text[], text[]) to heshi_app;
