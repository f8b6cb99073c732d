-- Whether who acts may see a matter, for policies of this room: the room that answers is made later, so its name is looked up when it is asked.
create function access.may_see(m uuid) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return matters.may_see(m);
end
$$;
revoke all on function access.may_see(uuid) from public;
grant execute on function access.may_see(uuid) to heshi_app;

-- An auditor reads who looked at what they may see themselves: never at a matter that is about them, nor at those of another county.
drop policy audit on access.look;
create policy audit on access.look for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and 'auditor' = any (string_to_array(current_setting('app.roles', true), ',')) and access.may_see(matter));
