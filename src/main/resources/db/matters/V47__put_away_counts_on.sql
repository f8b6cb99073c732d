-- What is put away goes on counting with the organ that received it, also while nobody holds it.
grant select on matters.put_away to heshi_follower;
create policy follow on matters.put_away for select to heshi_follower using (true);
