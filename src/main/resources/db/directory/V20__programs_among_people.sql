-- Programs hold posts under their own ids (decision record 0019). What a program reads, everybody in its unit reads: it stands for all posts of that unit where it is asked
-- who must be kept from a matter (decision record 0025).
alter table directory.person add column program boolean not null default false;
comment on column directory.person.program is 'another system that holds a post, and no human being';

create function directory.are_programs(p_people uuid[]) returns void language sql security definer set search_path = pg_catalog
as $$
  update directory.person set program = true where id = any (p_people) and not program
$$;
revoke all on function directory.are_programs from public;

create or replace function directory.posts_of_person(p_person uuid)
returns table (post uuid, unit uuid)
language sql stable parallel safe security definer rows 2 set search_path = pg_catalog
as $$
  select h.post, h.unit from directory.held_posts(p_person, now()) h
  union all
  select p.id, p.unit
    from directory.person me
    join directory.held_posts(p_person, now()) h on true
    join directory.post p on p.unit = h.unit and p.id <> h.post
   where me.id = p_person and me.program
$$;
