-- A ruling of a centre can be kept as a rule: the rule says from which, and everything that happens to a rule is written down.
alter table directory.handles
  add column from_paper  text check (char_length(from_paper) between 1 and 60),
  add column from_matter text collate "C" check (from_matter ~ '^[0-9]{13}$'),
  add column from_seq    int check (from_seq >= 1),
  add check ((from_matter is null) = (from_seq is null));
create index handles_from on directory.handles (from_matter, from_seq) where from_matter is not null;

create table directory.handles_change (
  rule   uuid not null references directory.handles (id),
  what   text not null check (what in ('made', 'ended')),
  at     timestamptz not null,
  person uuid,
  post   uuid,
  told   timestamptz not null default now(),
  primary key (rule, what, told)
);
comment on table directory.handles_change is 'class: staff. History of the rules: made and ended, from when, by whom (nobody: by the program); a rule is changed by ending it and making another.';

create function directory.handles_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into directory.handles_change (rule, what, at, person, post)
  select new.id, case when tg_op = 'INSERT' then 'made' else 'ended' end, case when tg_op = 'INSERT' then new.starts_at else new.ends_at end,
         nullif(current_setting('app.person', true), '')::uuid, nullif(current_setting('app.post', true), '')::uuid
   where tg_op = 'INSERT' or new.ends_at is distinct from old.ends_at and new.ends_at is not null
  on conflict do nothing;
  return null;
end $$;
create trigger handles_are_written_down after insert or update on directory.handles for each row execute function directory.handles_changed();

create function directory.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history of the rules is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger handles_change_is_kept before update or delete on directory.handles_change for each row execute function directory.refuse_change();

insert into directory.handles_change (rule, what, at) select id, 'made', starts_at from directory.handles;
insert into directory.handles_change (rule, what, at) select id, 'ended', ends_at from directory.handles where ends_at is not null;

alter table directory.handles_change enable row level security;
grant select on directory.handles_change to heshi_app;
create policy read on directory.handles_change for select using (directory.is_inside());

-- Dispatchers and heads of a centre keep their own rulings as rules, for their place and no other.
create function directory.may_rule(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'staff' and starts_with(place, nullif(current_setting('app.scope', true), ''))
    and string_to_array(current_setting('app.roles', true), ',') && array['dispatcher', 'head']
$$;
create policy rule on directory.handles for insert with check (directory.may_rule(division_code) and from_matter is not null);
create policy rule_over on directory.handles for update using (directory.may_rule(division_code)) with check (directory.may_rule(division_code));
create policy rule on directory.helper for insert with check (exists (
  select from directory.handles r where r.id = rule and directory.may_rule(r.division_code) and r.from_matter is not null));

drop function directory.who_handles;
create function directory.who_handles(p_category text, p_division text, p_at timestamptz)
returns table (category text, division_code text, lead uuid, helpers uuid[], from_paper text, from_matter text)
language sql stable security definer rows 1 set search_path = pg_catalog
as $$
  select r.category, r.division_code, r.lead,
         array(select s.unit from directory.helper s join directory.unit x on x.id = s.unit and (x.ended_at is null or p_at < x.ended_at)
                where s.rule = r.id order by s.ordinal), r.from_paper, r.from_matter
    from directory.handles r
    join directory.unit u on u.id = r.lead and u.started_at <= p_at and (u.ended_at is null or p_at < u.ended_at)
   where r.category = any (array[p_category, left(p_category, 4), left(p_category, 2), ''])
     and r.division_code = any (array(select left(p_division, n) from unnest(array[2, 4, 6, 9, 12, 15, 17]) n where n <= length(p_division)))
     and r.starts_at <= p_at and (r.ends_at is null or p_at < r.ends_at)
   order by length(r.category) desc, length(r.division_code) desc
   limit 1
$$;
revoke all on function directory.who_handles, directory.handles_changed, directory.may_rule from public;
grant execute on function directory.who_handles to heshi_app, heshi_follower;
grant execute on function directory.may_rule to heshi_app, heshi_follower;
