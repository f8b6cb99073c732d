-- An agreement stands until another one takes its place, also while the dispute is mediated again: that it is in force is said of the text, and how the newest try went of the dispute.
alter table mediation.draft add column unit uuid references directory.unit (id);
alter table mediation.draft add column in_force_at timestamptz;
alter table mediation.draft add column replaced_by int;
update mediation.draft d set unit = s.unit, in_force_at = case when s.agreement = d.seq then s.in_force_at end from mediation.dispute s where s.matter = d.matter;
alter table mediation.draft alter column unit set not null;
alter table mediation.draft add foreign key (matter, replaced_by) references mediation.draft (matter, seq);
alter table mediation.draft add check (in_force_at is null or void_at is null);
alter table mediation.draft add check (replaced_by is null or in_force_at is not null and replaced_by > seq);
comment on column mediation.draft.unit is 'the body whose text it is';
comment on column mediation.draft.replaced_by is 'number of the text that was put in force in its place';
drop index mediation.standing_draft;
create unique index standing_draft on mediation.draft (matter) where void_at is null and in_force_at is null;
create unique index agreement_in_force on mediation.draft (matter) where in_force_at is not null and replaced_by is null;

alter table mediation.dispute drop constraint dispute_check2;

-- A case is what has a number: another body that takes the matter up gives it another one, and counts a case of its own.
alter table mediation.figure drop constraint figure_pkey;
alter table mediation.figure add primary key (matter, unit);

-- Papers of an agreement that was replaced stand in the file under the number of its text.
grant update (about) on mediation.paper to heshi_app;
