-- What the rules ask of the matter that a transaction acts upon, whoever acts: which units are barred from it, and who did what. Read with the matter itself, as views: a function
-- sets up its query anew for each call, which takes longer than the query. They show only what functions told of any matter before (barred_units, has_done, times_done), and that
-- only of the one matter that the program has read as the actor sees it.
create view matters.barred_from_acted with (security_barrier = true) as
select h.unit
  from matters.holding h
 where h.matter = nullif(current_setting('app.acted', true), '')::uuid and h.barred;
comment on view matters.barred_from_acted is 'Units that a complaint bars from the matter acted upon';

create view matters.done_to_acted with (security_barrier = true) as
select e.seq, s.action, e.actor_person
  from matters.entry_row e join matters.step s on s.id = e.step
 where e.matter = nullif(current_setting('app.acted', true), '')::uuid;
comment on view matters.done_to_acted is 'Which actions were done on the matter acted upon, and by whom of the staff';

grant select on matters.barred_from_acted, matters.done_to_acted to heshi_app;
