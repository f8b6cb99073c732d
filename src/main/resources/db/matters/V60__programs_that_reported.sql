-- A follower tells programs of what they reported: it reads which those are.
create policy follow on matters.client_matter for select to heshi_follower using (true);
grant select on matters.client_matter to heshi_follower;
