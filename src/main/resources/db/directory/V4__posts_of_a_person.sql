-- Who is barred from a matter is barred in every post they hold or stand in for: policies of other rooms ask here which these are.
create function directory.posts_of_person(p_person uuid)
returns table (post uuid, unit uuid)
language sql stable parallel safe security definer rows 2 set search_path = pg_catalog
as $$
  select h.post, h.unit from directory.held_posts(p_person, now()) h
$$;
revoke all on function directory.posts_of_person from public;
grant execute on function directory.posts_of_person to heshi_app, heshi_follower;
