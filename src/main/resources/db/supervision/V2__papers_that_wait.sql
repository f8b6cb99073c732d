-- Papers that wait for their answer are few among all that were ever issued.
drop index supervision.mark_of_unit;
create index paper_waits_county on supervision.mark (county, at desc, matter, seq) where paper is not null and until = 'infinity';
create index paper_waits_town on supervision.mark (town, at desc, matter, seq) where paper is not null and until = 'infinity';
-- The same minutes sent twice are written once.
create unique index meeting_once on supervision.meeting (division, held_on, person, md5(title), md5(words));
