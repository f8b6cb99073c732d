-- Who works in a village or a grid is told of what they may see there, matter by matter.
drop policy see on statistics.life;
create policy see on statistics.life for select to heshi_app using (
  case when apart then (statistics.counts_for(place) or statistics.counts_for(lead::text) or current_setting('app.once', true) > '' and statistics.went_into(place))
                       and matters.may_see(matter)
       else statistics.counts_for(place) or statistics.counts_for(lead::text) or current_setting('app.once', true) > '' and statistics.went_into(place)
            or current_setting('app.kind', true) = 'staff' and nullif(current_setting('app.scope', true), '') is null and matters.may_see(matter) end);
