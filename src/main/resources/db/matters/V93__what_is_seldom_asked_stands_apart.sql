-- Whether somebody may see a matter is asked with nearly every action. A function sets up all of its query at each call, also what it then does not need: a third of its time went
-- into the questions about barred posts and about places that ended. Each of those stands in a function of its own now, called when it is needed. What it says is the same.

create function matters.barred_with(u uuid) returns boolean language sql stable parallel safe set search_path = '' as $$
  select u in (select p.unit from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)
$$;
comment on function matters.barred_with is 'Whether the person who acts holds a post in that unit, also another than the one acted in';

create function matters.avoided_with(post uuid) returns boolean language sql stable parallel safe set search_path = '' as $$
  select post in (select p.post from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)
$$;
comment on function matters.avoided_with is 'Whether the person who acts holds that post, also beside the one acted in';

create function matters.seen_where_it_was(m uuid) returns boolean language sql stable parallel safe set search_path = '' as $$
  select exists (
    select from matters.matter o
     where o.id = m and o.scope_was is not null and matters.seen_from_before(o.scope_was, o.scope_moved_at, o.last_at))
$$;
comment on function matters.seen_where_it_was is 'Whether the matter lay, before its place ended, where the post that acts sees';

-- called by may_see, as its owner
revoke all on function matters.barred_with(uuid), matters.avoided_with(uuid), matters.seen_where_it_was(uuid) from public;

create or replace function matters.may_see(m uuid) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then
      -- whoever only administers keeps the directory and needs no matter of anybody's (Personal Information Protection Law, article 6)
      coalesce(current_setting('app.roles', true), '') not in ('', 'administrator') and
      (select coalesce((bool_or(not h.barred and (
                h.unit = nullif(current_setting('app.unit', true), '')::uuid
                or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))
                -- opened for a given reason: named by the one page that shows it, so that nobody else is asked for it
                or case when m = nullif(current_setting('app.opened', true), '')::uuid then access.is_open(m) else false end))
                or case when bool_or(not h.barred) then matters.seen_where_it_was(m) else false end)
              and not bool_or(case when h.barred then
                h.unit = nullif(current_setting('app.unit', true), '')::uuid or matters.barred_with(h.unit)
                else false end), false)
       from matters.holding h where h.matter = m)
      and not exists (
        select from matters.barred_post b
        where b.matter = m and (b.post = nullif(current_setting('app.post', true), '')::uuid or matters.avoided_with(b.post)))
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid
    when 'machine' then true
    else false
  end
$$;
