-- A draft that stayed under a code that ended, because the place that it went into has one of that month: the head and the supervisors of that place write it on or drop it.
create function statistics.writes_for_former(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'staff' and nullif(current_setting('app.scope', true), '') is not null
    and string_to_array(current_setting('app.roles', true), ',') && array['head', 'supervisor']
    and place = any (string_to_array(nullif(current_setting('app.former', true), ''), ','))
$$;
comment on function statistics.writes_for_former is 'Whether who acts is head or supervisor of exactly that place which this one, whose code ended, went into.';
revoke all on function statistics.writes_for_former(text) from public;
grant execute on function statistics.writes_for_former(text) to heshi_app;
create policy see_former on statistics.bulletin for select to heshi_app using (current_setting('app.former', true) > '' and statistics.writes_for_former(place));
create policy write_former on statistics.bulletin for update to heshi_app
  using (released_at is null and statistics.writes_for_former(place)) with check (statistics.writes_for_former(place));
create policy drop_former on statistics.bulletin for delete to heshi_app using (released_at is null and statistics.writes_for_former(place));
