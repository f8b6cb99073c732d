-- The bulletin of a place is addressed to its bureaus: whoever works in a unit that stands on exactly that place reads what was released.
create function statistics.addressed_to(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
    and place = nullif(current_setting('app.addressed', true), '')
$$;
comment on function statistics.addressed_to is 'Whether who acts works in a unit that stands on exactly this place.';
revoke all on function statistics.addressed_to(text) from public;
grant execute on function statistics.addressed_to(text) to heshi_app;
create policy see_addressed on statistics.bulletin for select to heshi_app
  using (released_at is not null and current_setting('app.addressed', true) > '' and statistics.addressed_to(place));
