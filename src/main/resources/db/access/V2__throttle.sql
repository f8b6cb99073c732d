-- How often something was tried. Rows are found by a keyed digest; the key is a day's salt, thrown away two days later.
-- The program's role reaches these tables through the functions only.

create table access.salt (
  day  date primary key,
  salt bytea not null check (octet_length(salt) = 32)
);
comment on table access.salt is 'class: staff. The keys of the digests in throttle and backoff, one a day, erased after two days.';

create table access.throttle (
  id   bytea primary key,
  full_at timestamptz not null
);
comment on table access.throttle is 'class: staff. When all tries of somebody will be back; whose they are is not kept. Erased when that time is over.';
create index throttle_full on access.throttle (full_at);

create table access.backoff (
  id            bytea primary key,
  failures      integer not null check (failures >= 0),
  last_at       timestamptz not null,
  blocked_until timestamptz
);
comment on table access.backoff is 'class: staff. Failures in a row of somebody; who it is is not kept. Erased a day after the last.';
create index backoff_last on access.backoff (last_at);

alter table access.salt enable row level security;
alter table access.throttle enable row level security;
alter table access.backoff enable row level security;

-- The salt of a day; the first who asks gives it.
create function access.salt_of(p_day date, p_offer bytea) returns bytea
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  insert into access.salt (day, salt) values (p_day, p_offer) on conflict (day) do nothing;
  delete from access.salt where day < p_day - 2;
  return (select salt from access.salt where day = p_day);
end
$$;

-- Takes a try, or answers false. A try costs p_each; it is given when the debt with it is at most p_all.
create function access.take(p_id bytea, p_now timestamptz, p_each interval, p_all interval) returns boolean
language plpgsql security definer set search_path = pg_catalog
as $$
begin
  insert into access.throttle as t (id, full_at) values (p_id, p_now + p_each)
  on conflict (id) do update set full_at = greatest(t.full_at, p_now) + p_each
    where greatest(t.full_at, p_now) + p_each <= p_now + p_all;
  return found;
end
$$;

-- Counts a failure in advance and answers zero; or, while a wait runs, answers the seconds left and counts nothing.
create function access.begin_try(p_id bytea, p_now timestamptz, p_free integer, p_first interval, p_most interval) returns double precision
language plpgsql security definer set search_path = pg_catalog
as $$
declare
  blocked timestamptz;
begin
  insert into access.backoff as b (id, failures, last_at, blocked_until)
  values (p_id, 1, p_now, case when 1 > p_free then p_now + p_first end)
  on conflict (id) do update set
    failures = case when b.last_at < p_now - interval '1 day' then 1 else b.failures + 1 end,
    last_at = p_now,
    blocked_until = case
      when b.last_at < p_now - interval '1 day' then case when 1 > p_free then p_now + p_first end
      when b.failures + 1 > p_free then p_now + least(p_most, p_first * power(2, least(b.failures - p_free, 30)))
    end
    where b.blocked_until is null or b.blocked_until <= p_now;
  if found then
    return 0;
  end if;
  select b.blocked_until into blocked from access.backoff b where b.id = p_id;
  return greatest(1, extract(epoch from blocked - p_now));
end
$$;

create function access.try_succeeded(p_id bytea) returns void
language sql security definer set search_path = pg_catalog
as $$ delete from access.backoff where id = p_id $$;

create function access.give_back(p_id bytea, p_each interval) returns void
language sql security definer set search_path = pg_catalog
as $$ update access.throttle set full_at = full_at - p_each where id = p_id $$;

create function access.forget_tries(p_now timestamptz) returns void
language sql security definer set search_path = pg_catalog
as $$
  delete from access.throttle where id in (select id from access.throttle where full_at < p_now order by full_at limit 1000 for update skip locked);
  delete from access.backoff where id in (select id from access.backoff where last_at < p_now - interval '1 day' order by last_at limit 1000 for update skip locked);
$$;

revoke execute on function access.salt_of(date, bytea), access.take(bytea, timestamptz, interval, interval),
  access.begin_try(bytea, timestamptz, integer, interval, interval), access.try_succeeded(bytea), access.give_back(bytea, interval),
  access.forget_tries(timestamptz) from public;
grant execute on function access.salt_of(date, bytea), access.take(bytea, timestamptz, interval, interval),
  access.begin_try(bytea, timestamptz, integer, interval, interval), access.try_succeeded(bytea), access.give_back(bytea, interval),
  access.forget_tries(timestamptz) to heshi_app;
