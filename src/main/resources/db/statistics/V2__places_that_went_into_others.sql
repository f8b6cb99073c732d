-- Places that stand are made up of codes that ended, too. Those that who asks may see along with their own place are named by the reader, for its transaction.
create function statistics.went_into(whose text) returns boolean language sql stable parallel safe as $$
  select current_setting('app.kind', true) = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
    and nullif(current_setting('app.scope', true), '') is not null
    and starts_with(whose, any_of) from unnest(string_to_array(nullif(current_setting('app.once', true), ''), ',')) any_of
   where starts_with(whose, any_of) limit 1
$$;
comment on function statistics.went_into is 'Whether this place (its code) went into one whose figures who acts may read.';
revoke all on function statistics.went_into(text) from public;
grant execute on function statistics.went_into(text) to heshi_app, heshi_follower;

drop policy see on statistics.cube;
drop policy see on statistics.pending;
drop policy see on statistics.life;
create policy see on statistics.cube for select to heshi_app using (statistics.counts_for(whose) or current_setting('app.once', true) > '' and statistics.went_into(whose));
create policy see on statistics.pending for select to heshi_app using (statistics.counts_for(whose) or current_setting('app.once', true) > '' and statistics.went_into(whose));
create policy see on statistics.life for select to heshi_app using (
  (statistics.counts_for(place) or statistics.counts_for(lead::text) or current_setting('app.once', true) > '' and statistics.went_into(place)) and case when apart then matters.may_see(matter) else true end);
